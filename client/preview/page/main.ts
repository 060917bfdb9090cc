// The first: it must have run before uPlot loads.
import "./host/language.ts";
import "./css/all.css";
import { app } from "./app.ts";
import { connect } from "./host/connection.ts";

app(document.getElementById("page") ?? document.body, connect());
