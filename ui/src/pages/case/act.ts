import { useCallback } from "react";
import { api, got } from "../../api/client";
import type { Option, Values, Witnessed } from "../../api/types";

export type Act = {
  option: Option;
  revision?: number;
  values?: Values;
  reason?: string;
  drawn?: Witnessed;
  key: string;
  dryRun?: boolean;
};

/** useAct sends one act of a case. The key makes it act once, however often it is sent. */
export function useAct(caseId: string) {
  return useCallback(
    ({ option, revision, values, reason, drawn, key, dryRun }: Act) =>
      got(
        api.POST("/api/cases/{id}/steps/{step}", {
          params: { path: { id: caseId, step: option.step }, header: { "Idempotency-Key": dryRun ? `dry-${key}` : key } },
          body: {
            record: option.record || undefined,
            part: option.part || undefined,
            seat: option.seat,
            revision,
            values,
            reason: reason?.trim() || undefined,
            drawn,
            dryRun,
          },
        }),
      ),
    [caseId],
  );
}
