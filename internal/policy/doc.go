// Package policy is the mechanism language: it reads a city's pack, checks that it is typed, and decides — for a case as it
// stands and an act that somebody intends — whether it may be done and what follows. It is pure: no clock, no database, no chance,
// no float. The language is described in docs/mechanism-language.md; the other seven proofs are in the package prove below this one.
//
// # A pack
//
// Load reads a folder and gives the model (model.go) with everything that is wrong, all at once, each with its file, line and
// column and a way to mend it:
//
//	pack, list := policy.Load(os.DirFS("packs/shenyang"))
//	if len(list) > 0 { fmt.Print(list) }   // 中文; list.In(lang.EN) is English
//
// A Pack is never changed after Load and may be shared by any number of goroutines.
//
// # Expressions
//
// Guards and amounts have the syntax of CEL and types of our own: money is not a number, a date is not a text, a share multiplies
// money and gives money. They are exact (int64 fen, ppm, millionths, days), stop with a refusal where a result does not fit, and
// contain no loop. An Expr knows what it reads (Refs), evaluates in a Scope (Eval), and, where it is a condition, is lowered to a
// Cond on which overlaps and gaps are decidable (cond.go, lower.go). What can be written:
//
//   - param.x; form.field of the case, of the part itself and of what it is inside of; today
//   - && || ! == != < <= > >= + - * in ?: min max ratio(a, b) has(form.field) has(form)
//   - money('100万元') share('20%') date('2025-06-30') days(5) workdays(5) number('1.5')
//   - asker.in_city and the other Attributes; asker.related_to(winner); winner.filled(); experts.count()
//   - bids.count('submitted', …) bids.all(…) bids.any(…) bids.mean('field', 'state', …), sum, least, most
//   - count(form.rows) sum(form.rows, 'column'), mean, least, most
//   - pot.held('grant') pot.paid('grant') pot.owed('grant')
//
// # Forms
//
// Form.DecodeForm reads what a person typed and says everything that is wrong with it at its field; EncodeValues and
// Form.ReadValues write and read values for storage.
//
// # Decisions
//
// A Snapshot is one case as it stands. Asks names what must be looked up in the register first (Snapshot.Asked). Decide takes an
// Intent and gives an Outcome: forms that are now filled, records that move or begin, and actions for the ledger, the register and
// the rest, in order. The caller carries it out in one transaction or not at all. Options is the same question asked about
// everything that somebody could do now.
//
// What it does not do: it does not know who may see what (casework does), who sits in an office (identity does), whether a fund
// has enough (ledger does), or whom a draw picks (panel does).
package policy
