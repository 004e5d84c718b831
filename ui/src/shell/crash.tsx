import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useSpeech } from "../i18n";
import { Empty, Note } from "../kit/note";

/** Crashed is what an unexpected error in a page leaves: what it was, and that nothing typed is lost. */
export function Crashed({ error }: { error: unknown }) {
  const { t } = useSpeech();
  return (
    <div className="page">
      <Note status="returned" loud>
        <h2>{t("shell.crash")}</h2>
        <p>{t("shell.crash.way")}</p>
        <pre className="small">{error instanceof Error ? error.message : String(error)}</pre>
        <Button onClick={() => location.reload()}>{t("shell.reload")}</Button>
      </Note>
    </div>
  );
}

export function Nowhere() {
  const { t } = useSpeech();
  return (
    <main className="page">
      <h1 className="visually-hidden">{t("shell.nowhere")}</h1>
      <Empty icon="search" title={t("shell.nowhere")}>
        {t("shell.nowhere.way")} <Link to="/desk">{t("nav.desk")}</Link> · <Link to="/hall">{t("nav.hall")}</Link>
      </Empty>
    </main>
  );
}
