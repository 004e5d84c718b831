// Short names for what the server's description declares.
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Account = Schemas["Account"];
export type Actor = Schemas["Actor"];
export type Basis = Schemas["Basis"];
export type CasePage = Schemas["CasePage"];
export type Code = Schemas["Code"];
export type Difference = Schemas["Difference"];
export type Edition = Schemas["Edition"];
export type EditionTrial = Schemas["EditionTrial"];
export type Finding = Schemas["Finding"];
export type Trial = Schemas["Trial"];
export type Desk = Schemas["Desk"];
export type Doc = Schemas["Document"];
export type DocumentView = Schemas["DocumentView"];
export type Field = Schemas["Field"];
export type Cockpit = Schemas["Cockpit"];
export type Fact = Schemas["Fact"];
export type FigureCard = Schemas["FigureCard"];
export type Figure = Schemas["FigurePage"];
export type Form = Schemas["Form"];
export type FormView = Schemas["FormView"];
export type Fund = Schemas["Fund"];
export type HallItem = Schemas["HallItem"];
export type HistoryView = Schemas["HistoryView"];
export type Import = Schemas["Import"];
export type Item = Schemas["Item"];
export type Machine = Schemas["Machine"];
export type Mechanism = Schemas["Mechanism"];
export type MechanismItem = Schemas["MechanismItem"];
export type NoticeView = Schemas["NoticeView"];
export type Option = Schemas["OptionView"];
export type Param = Schemas["Param"];
export type PartView = Schemas["PartView"];
export type Party = Schemas["Party"];
export type RecordView = Schemas["RecordView"];
export type Seat = Schemas["Seat"];
export type SeatView = Schemas["SeatView"];
export type Session = Schemas["Session"];
export type Sheet = Schemas["Sheet"];
export type Site = Schemas["Site"];
export type StateRef = Schemas["StateRef"];
export type Token = Schemas["Token"];
export type View = Schemas["View"];

/** Values is a form as it travels: field name to JSON value. */
export type Values = Record<string, unknown>;
