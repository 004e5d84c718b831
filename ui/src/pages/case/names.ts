// Small readings of a case's view that several of its pages need.
import type { FormView, Option, PartView, RecordView, SeatView, View } from "../../api/types";
import type { LangText } from "../../i18n";

/** seatTitle finds a seat's words in the case or in any of its parts; the seat's own name where it is nowhere filled. */
export function seatTitle(view: View, name: string): LangText {
  const bare = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1) : name;
  const all: SeatView[] = [...view.seats, ...view.parts.flatMap((p) => p.records.flatMap((r) => r.seats))];
  return all.find((s) => s.name === bare)?.title ?? { zh: bare, en: bare };
}

/** revisionOf is the revision of the record that an option is about, as it was seen; nothing for a part that is to be started. */
export function revisionOf(view: View, option: Option): number | undefined {
  if (!option.record) return undefined;
  if (option.record === view.id) return view.revision;
  for (const part of view.parts) for (const r of part.records) if (r.id === option.record) return r.revision;
  return view.revision;
}

/** isStart tells whether an option starts a new part. */
export function isStart(option: Option): boolean {
  return !option.record && !!option.part;
}

export function partTitle(view: View, name: string | undefined): LangText | undefined {
  return name ? view.parts.find((p) => p.name === name)?.title : undefined;
}

/** sameOption tells whether two options are the same act on the same record. */
export function sameOption(a: Option, b: { step: string; record?: string; part?: string; seat?: string }): boolean {
  return (
    a.step === b.step &&
    (a.record ?? "") === (b.record ?? "") &&
    (a.record || (a.part ?? "") === (b.part ?? "")) !== false &&
    (!b.seat || a.seat === b.seat)
  );
}

/** stepAddress is the page on which a step with a form is filled in. */
export function stepAddress(view: View, o: Option): { to: string; search: Record<string, string> } {
  const search: Record<string, string> = {};
  if (o.record && o.record !== view.id) search.record = o.record;
  if (!o.record && o.part) search.part = o.part;
  if (o.seat) search.seat = o.seat;
  return { to: `/cases/${view.id}/do/${o.step}`, search };
}

/** wasReturned tells whether the case came back with a reason: its last own step said one, and it is not at an end. */
export function wasReturned(view: View): boolean {
  const own = view.history.filter((h) => h.record === view.id);
  const last = own[own.length - 1];
  return !view.state.end && !!last?.reason && /return|send_back|reject/.test(last.step);
}

export function recordOf(view: View, id: string | undefined): RecordView | undefined {
  return id ? view.parts.flatMap((p) => p.records).find((r) => r.id === id) : undefined;
}

/** outerOf is the record that another one is about, such as the bid that an opinion judges, with its part. */
export function outerOf(view: View, record: RecordView | undefined): { part: PartView; record: RecordView } | undefined {
  if (!record?.parent) return undefined;
  return view.parts
    .flatMap((part) => part.records.map((r) => ({ part, record: r })))
    .find(({ record: r }) => r.id === record.parent);
}

export type Reference = { key: string; part?: string; number?: number; form: FormView; near: boolean };

/** referencesOf is what somebody who fills in a step wants beside it: the bid that is judged, the milestone that is reported, the case's forms. */
export function referencesOf(view: View, option: Option): Reference[] {
  const own = recordOf(view, option.record);
  const near = [recordOf(view, own?.parent), own].flatMap((r) => {
    const part = view.parts.find((p) => r && p.records.includes(r));
    return (r?.forms ?? []).map((form) => ({
      key: `${r?.id}.${form.form.name}`,
      part: part?.name,
      number: r?.number,
      form,
      near: true,
    }));
  });
  return [...near, ...view.forms.map((form) => ({ key: `${form.record}.${form.form.name}`, form, near: false }))];
}
