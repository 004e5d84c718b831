import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { api, got } from "../api/client";
import { q } from "../api/queries";
import { useSpeech } from "../i18n";
import { SignInForm } from "../shell/signin-form";
import { Tools, Wordmark } from "../shell/tools";

export function SignInPage() {
  const { t, tx } = useSpeech();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { next } = useSearch({ strict: false }) as { next?: string };
  const site = useQuery(q.site());
  const enter = () => void navigate({ href: next?.startsWith("/") && !next.startsWith("//") ? next : "/desk", replace: true });
  const enterAs = async (login: string, password: string) => {
    client.clear();
    client.setQueryData(["session"], await got(api.POST("/api/session", { body: { login, password } })));
    enter();
  };
  return (
    <div className="gate">
      <section className="gate-words">
        <Wordmark to="/hall" />
        <div>
          <p className="gate-title">{t("signin.lead")}</p>
          <p className="gate-more">{t("signin.more")}</p>
        </div>
        <span />
      </section>
      <main className="gate-form">
        <div className="spread">
          <h1>{t("signin.title")}</h1>
          <div className="row">
            <Tools />
          </div>
        </div>
        <div className="stack-l gate-body">
          <SignInForm onDone={enter} />
          <div className="stack-s">
            <Link to="/hall">{t("signin.hall")}</Link>
            <p className="small muted">{t("signin.account")}</p>
          </div>
          {site.data?.demo && site.data.accounts.length > 0 && (
            <section className="stack-s" aria-label={t("signin.demo")}>
              <h2>{t("signin.demo")}</h2>
              <p className="small muted">{t("shell.demo")}</p>
              <ul className="demo-list">
                {site.data.accounts.map((a) => (
                  <li key={a.login}>
                    <Button type="text" block onClick={() => void enterAs(a.login, a.password)}>
                      <span className="strong">{a.name}</span>
                      <span className="muted small">{tx(a.does)}</span>
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </main>
    </div>
  );
}
