import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Modal } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { api, on } from "../api/client";
import { q } from "../api/queries";
import type { Actor } from "../api/types";
import { useSpeech } from "../i18n";
import { Failed } from "../kit/load";
import { SignInForm } from "./signin-form";

/** useActor is who is signed in; null while nobody is. */
export function useActor(): Actor | null {
  const session = useQuery(q.session());
  return session.data?.signed_in ? (session.data.actor ?? null) : null;
}

export function has(actor: Actor | null, ...roles: string[]): boolean {
  return roles.some((r) => actor?.roles?.includes(r));
}

/** useMayOpen tells whether there is a mechanism that whoever is signed in may open a case of: the offices of a city may only open few, or none. */
export function useMayOpen(): boolean {
  const session = useQuery(q.session());
  return session.data?.opens ?? false;
}

export function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await api.DELETE("/api/session");
    client.clear();
    await navigate({ to: "/signin" });
  };
}

/** Private shows its page once it is known who is signed in; the router has sent everybody else to sign in first. */
export function Private({ children }: { children: ReactNode }) {
  const session = useQuery(q.session());
  if (session.isError && !session.data)
    return (
      <main className="page">
        <Failed page error={session.error} again={() => void session.refetch()} />
      </main>
    );
  if (!session.data) return null;
  return (
    <>
      {children}
      <SignInAgain />
    </>
  );
}

/** SignInAgain asks for the password over the page when the session has ended: the page and what was typed on it stay. */
function SignInAgain() {
  const { t } = useSpeech();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  useEffect(() => on("signedOut", () => setOpen(true)), []);
  return (
    <Modal
      open={open}
      title={t("nav.signIn")}
      footer={null}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      destroyOnHidden
    >
      <p className="muted">{t("form.again")}</p>
      <SignInForm
        onDone={() => {
          setOpen(false);
          void client.invalidateQueries();
        }}
      />
    </Modal>
  );
}
