import { Button } from "antd";
import { Icon } from "../design/icons";
import { useSpeech } from "../i18n";

/** Token is one filter that is on, as it stands in the address. */
export function Token({ label, off }: { label: string; off: () => void }) {
  const { t } = useSpeech();
  return (
    <span className="token">
      {label}
      <button type="button" aria-label={t("cases.filter.off", { name: label })} onClick={off}>
        <Icon name="cross" size={12} />
      </button>
    </span>
  );
}

type Pages = { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };

/** ListFoot says how many rows are shown and reads the next page. */
export function ListFoot({ n, list }: { n: number; list: Pages }) {
  const { t } = useSpeech();
  return (
    <div className="list-foot">
      <span role="status">{list.hasNextPage ? t("load.shown", { n }) : t("load.all", { n })}</span>
      {list.hasNextPage && (
        <Button size="small" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("act.more")}
        </Button>
      )}
    </div>
  );
}
