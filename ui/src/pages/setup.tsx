import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { api, got } from "../api/client";
import { q } from "../api/queries";
import { type Refusal, RefusedError } from "../api/refusals";
import { useSpeech } from "../i18n";
import { Load } from "../kit/load";
import { Refusals } from "../kit/refusals";
import { Wordmark } from "../shell/tools";
import { formatMoment } from "../words/date";

/** SetupPage is where a one-time link leads: the first administrator chooses a login and a name, everybody a password. */
export function SetupPage() {
  const { t } = useSpeech();
  const { token } = useParams({ strict: false }) as { token: string };
  const navigate = useNavigate();
  const { message } = App.useApp();
  const link = useQuery(q.setupLink(token));
  const [fields, setFields] = useState({ login: "", name: "", password: "", repeat: "" });
  const [refused, setRefused] = useState<Refusal[]>([]);
  const set = (name: keyof typeof fields) => (e: React.ChangeEvent<HTMLInputElement>) =>
    setFields({ ...fields, [name]: e.target.value });

  async function send() {
    if (fields.password !== fields.repeat) {
      setRefused([{ kind: "invalid", id: "ui.differ", text: { zh: t("setup.differ"), en: t("setup.differ") } }]);
      return;
    }
    try {
      await got(
        api.POST("/api/setup/{token}", {
          params: { path: { token } },
          body: { login: fields.login || undefined, name: fields.name || undefined, password: fields.password },
        }),
      );
      void message.success(t("setup.done"));
      await navigate({ to: "/signin" });
    } catch (error) {
      setRefused(error instanceof RefusedError ? error.refusals : []);
    }
  }

  return (
    <main className="gate-form">
      <Wordmark to="/hall" />
      <Load page query={link}>
        {(data) => (
          <form
            className="stack"
            onSubmit={(e) => {
              e.preventDefault();
              void send();
            }}
          >
            <h1>{data.purpose === "first" ? t("setup.first") : t("setup.password")}</h1>
            <p className="muted">
              {data.name} {t("setup.lead", { until: formatMoment(data.ends) })}
            </p>
            <Refusals list={refused} />
            {data.purpose === "first" && (
              <>
                <label className="field">
                  <span className="field-label">{t("setup.login")}</span>
                  <Input value={fields.login} autoComplete="username" onChange={set("login")} />
                </label>
                <label className="field">
                  <span className="field-label">{t("setup.name")}</span>
                  <Input value={fields.name} autoComplete="name" onChange={set("name")} />
                </label>
              </>
            )}
            <label className="field">
              <span className="field-label">{t("setup.fresh")}</span>
              <Input.Password value={fields.password} autoComplete="new-password" onChange={set("password")} />
              <span className="field-help">{t("setup.hint")}</span>
            </label>
            <label className="field">
              <span className="field-label">{t("setup.repeat")}</span>
              <Input.Password value={fields.repeat} autoComplete="new-password" onChange={set("repeat")} />
            </label>
            <Button type="primary" htmlType="submit" block disabled={!fields.password || !fields.repeat}>
              {t("setup.do")}
            </Button>
          </form>
        )}
      </Load>
    </main>
  );
}
