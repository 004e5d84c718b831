import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { Icon } from "../design/icons";
import { useSpeech } from "../i18n";

/** PageHead names a page, in the tab too; `back` is the list it came from. */
export function PageHead({
  title,
  lead,
  back,
  children,
}: {
  title: string;
  lead?: ReactNode;
  back?: { to: string; label: string };
  children?: ReactNode;
}) {
  const { t } = useSpeech();
  useEffect(() => {
    document.title = `${title} · ${t("app.name")}`;
  }, [title, t]);
  return (
    <header className="page-head">
      <div>
        {back && (
          <Link to={back.to} className="crumb">
            <Icon name="back" size={12} />
            {back.label}
          </Link>
        )}
        <h1>{title}</h1>
        {lead && <div className="lead">{lead}</div>}
      </div>
      {children && <div className="row no-print">{children}</div>}
    </header>
  );
}

/** Sheet is a section on paper with its heading. */
export function Sheet({
  title,
  aside,
  children,
  pad = true,
  id,
}: {
  title?: string;
  aside?: ReactNode;
  children: ReactNode;
  pad?: boolean;
  id?: string;
}) {
  const heading = title && id ? `${id}-h` : undefined;
  return (
    <section className="sheet" id={id} aria-labelledby={heading} aria-label={title && !heading ? title : undefined}>
      {title && (
        <header>
          <h2 id={heading}>{title}</h2>
          {aside}
        </header>
      )}
      {pad ? <div className="sheet-pad">{children}</div> : children}
    </section>
  );
}
