import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { q } from "../api/queries";
import { Icon } from "../design/icons";
import { useMode } from "../design/mode";
import { useSpeech } from "../i18n";

/** Wordmark names the program and the city whose pack it runs. */
export function Wordmark({ to = "/" }: { to?: string }) {
  const { t, tx } = useSpeech();
  const site = useQuery(q.site());
  return (
    <Link to={to} className="wordmark">
      <img src="/mark.svg" width={36} height={36} alt="" />
      <span>
        <b>{t("app.name")}</b>
        <span>{site.data ? tx(site.data.title) : t("app.tag")}</span>
      </span>
    </Link>
  );
}

/** Tools switch the language and the light. */
export function Tools() {
  const { t, lang, setLang } = useSpeech();
  const { mode, setMode } = useMode();
  return (
    <>
      <Button type="text" onClick={() => setLang(lang === "zh" ? "en" : "zh")}>
        {lang === "zh" ? "EN" : "中文"}
        <span className="visually-hidden"> {lang === "zh" ? t("shell.toEnglish") : t("shell.toChinese")}</span>
      </Button>
      <Button
        type="text"
        aria-label={mode === "light" ? t("shell.dark") : t("shell.light")}
        icon={<Icon name={mode === "light" ? "moon" : "sun"} />}
        onClick={() => setMode(mode === "light" ? "dark" : "light")}
      />
    </>
  );
}
