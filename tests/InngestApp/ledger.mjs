// What really ran, outside the executor's storage: a line of JSON each time a body is entered, in a file that survives the process.
import { appendFileSync, existsSync, readFileSync } from "node:fs";

export function openLedger(file) {
  const entries = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line)) : [];
  const count = (run, what) => entries.filter((other) => other.run === run && other.what === what).length;
  return {
    count,
    // Returns how often this was entered in this run, this time included.
    add: (run, what, attempt) => {
      const entry = { run, what, attempt };
      entries.push(entry);
      appendFileSync(file, JSON.stringify(entry) + "\n");
      return count(run, what);
    },
  };
}
