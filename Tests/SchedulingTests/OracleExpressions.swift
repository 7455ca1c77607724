/// Expressions that meet transitions in every way: fixed hours and any hour, midnight, days, weekdays, both, and steps.
let oracleExpressions: [OracleFields] = [
  "0 * * * *", "*/15 * * * *", "45 */2 * * *", "0 */12 * * *", "7/20 */3 * * *",
  "30 2 * * *", "0 2 * * *", "0 3 * * *", "0,30 1-3 * * *", "15 0 * * *", "0 0 * * *", "59 23 * * *",
  "*/10 2 * * *", "30 1 * * 0", "30 2 * 3,10 0", "0 0 1 * 1", "45 1 */2 * 0,6", "5 4 25-31 * *", "0 2,3 * 3,4,9-11 *",
  "20 0,12 8-14 * 7",
  "30 2 * 3,10 0L,0#2", "15 */3 1,L * 0#5",
].map(OracleFields.init)
