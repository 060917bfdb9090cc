import { type FilledBehavior, fillBehavior } from "../../engine/hpa/behavior.ts";
import { limitByBehavior } from "../../engine/hpa/rate.ts";
import { addScaleEvent } from "../../engine/hpa/scale-events.ts";
