import type { UseQueryResult } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactNode, useEffect } from "react";
import { RefusedError } from "../api/refusals";
import { useSpeech } from "../i18n";
import { Bones, Note } from "./note";
import { Refused } from "./refusals";

/** Failed says what could not be read, and offers to try again. Where nothing else was read (`page`), it is what the page is called. */
export function Failed({ error, again, page }: { error: unknown; again?: () => void; page?: boolean | undefined }) {
  const { t } = useSpeech();
  const reasons = error instanceof RefusedError && !error.lost ? error.refusals : [];
  const word =
    error instanceof RefusedError && error.status === 404
      ? t("load.notFound")
      : reasons.length > 0
        ? t("refuse.one")
        : t("load.failed");
  useEffect(() => {
    if (page) document.title = `${word} · ${t("app.name")}`;
  }, [page, word, t]);
  return (
    <Note status="returned" loud>
      {page ? <h1>{word}</h1> : <h2>{word}</h2>}
      {reasons.length > 0 ? (
        reasons.map((r, i) => (
          <p key={i}>
            <Refused reason={r} />
          </p>
        ))
      ) : (
        <p>{error instanceof RefusedError && error.message && !error.lost ? error.message : t("load.failed.way")}</p>
      )}
      {again && (
        <Button size="small" onClick={again}>
          {t("act.retry")}
        </Button>
      )}
    </Note>
  );
}

/** Load shows a query: a skeleton of the final shape, then the thing, or why not. What was read before stays while it is read again. */
export function Load<T>({
  query,
  bones,
  page,
  children,
}: {
  query: UseQueryResult<T>;
  bones?: ReactNode;
  page?: boolean; // the page is named by what is read
  children: (data: T) => ReactNode;
}) {
  const { t } = useSpeech();
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failed error={query.error} again={() => void query.refetch()} page={page} />;
  return (
    <div aria-busy="true">
      {page && <h1 className="visually-hidden">{t("load.loading")}</h1>}
      <span className="visually-hidden" role="status">
        {t("load.loading")}
      </span>
      {bones ?? <Bones />}
    </div>
  );
}
