import { Icon } from "../design/icons";
import { useSpeech } from "../i18n";

/** useClear is how a list of choices offers to choose nothing: a cross that is named in the reader's language. */
export function useClear() {
  const { t } = useSpeech();
  return { clearIcon: <Icon name="cross" size={12} />, label: t("word.clear") };
}
