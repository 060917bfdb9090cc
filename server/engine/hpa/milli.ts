/** A metric's value in thousandths, as the controller counts: a safe integer, or a bigint where a number would round. */
export type Milli = number | bigint;
