import { useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useId, useState } from "react";
import { api, got } from "../api/client";
import { type Refusal, RefusedError } from "../api/refusals";
import { useSpeech } from "../i18n";
import { Note } from "../kit/note";
import { Refused } from "../kit/refusals";

/** SignInForm takes a login and a password; what is wrong is said above it and nothing typed is cleared but the password. */
export function SignInForm({ login: first = "", onDone }: { login?: string; onDone: () => void }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [login, setLogin] = useState(first);
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ list: Refusal[]; text: string } | null>(null);
  const [empty, setEmpty] = useState({ login: false, password: false });
  const [loginId, passwordId] = [useId(), useId()];

  async function send() {
    setRefused(null);
    setEmpty({ login: !login.trim(), password: !password });
    if (!login.trim() || !password) {
      document.getElementById(login.trim() ? passwordId : loginId)?.focus();
      return;
    }
    setBusy(true);
    try {
      const session = await got(api.POST("/api/session", { body: { login: login.trim(), password } }));
      client.setQueryData(["session"], session);
      onDone();
    } catch (error) {
      setPassword("");
      setRefused(
        error instanceof RefusedError
          ? { list: error.refusals, text: error.lost ? t("load.failed.way") : error.message }
          : { list: [], text: String(error) },
      );
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      className="stack"
      onSubmit={(e) => {
        e.preventDefault();
        void send();
      }}
    >
      {refused && (
        <Note status="returned" loud>
          {refused.list.length > 0 ? refused.list.map((r, i) => <p key={i}>{<Refused reason={r} />}</p>) : refused.text}
        </Note>
      )}
      <div className="field">
        <label className="field-label" htmlFor={loginId}>
          {t("signin.login")}
        </label>
        <Input
          id={loginId}
          size="large"
          autoComplete="username"
          autoFocus={!first}
          value={login}
          status={empty.login && !login.trim() ? "error" : undefined}
          aria-describedby={`${loginId}-wrong`}
          onChange={(e) => setLogin(e.target.value)}
        />
        <span className="field-error" id={`${loginId}-wrong`}>
          {empty.login && !login.trim() && t("signin.login.missing")}
        </span>
      </div>
      <div className="field">
        <label className="field-label" htmlFor={passwordId}>
          {t("signin.password")}
        </label>
        <Input.Password
          id={passwordId}
          size="large"
          autoComplete="current-password"
          autoFocus={!!first}
          value={password}
          status={empty.password && !password ? "error" : undefined}
          aria-describedby={`${passwordId}-wrong`}
          onChange={(e) => setPassword(e.target.value)}
        />
        <span className="field-error" id={`${passwordId}-wrong`}>
          {empty.password && !password && t("signin.password.missing")}
        </span>
      </div>
      <Button type="primary" htmlType="submit" size="large" block loading={busy}>
        {t("nav.signIn")}
      </Button>
    </form>
  );
}
