import { join } from "node:path";

/** results is where pictures and failures of the browser tests are left. */
export const results = join(import.meta.dirname, "..", "test-results");
