import type { Field } from "../api/types";
import type { Typed, TypedRow } from "./values";

/** ControlProps is what every control is given, whatever it edits. */
export type ControlProps = {
  field: Field;
  id: string;
  value: Typed;
  onChange: (v: Typed) => void;
  invalid: boolean;
  describedBy?: string;
  name?: string; // for cells of a table, which have no label of their own
  compact?: boolean;
  anonymous?: boolean;
  /** beside is what the form or row says in its other fields. */
  beside?: TypedRow;
};
