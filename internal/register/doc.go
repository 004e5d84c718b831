// Package register is the 登记库: the parties of a city — enterprises, universities, institutes, people … — with checked
// identifiers, a place in a hierarchy, aliases, and what ties them together; and the way in and out of it by Excel and CSV.
//
//	reg := register.New(db, regions)                         // regions (GB/T 2260) come from the pack
//	err := db.Write(ctx, func(tx *store.Tx) error {
//		p, err := reg.Put(tx, actor, register.Party{Kind: register.Enterprise, Name: "沈阳某某金属波纹管有限公司",
//			USCC: "91210112MA0P4XK17N", Region: "210112"})
//		…
//	})
//	found, next, err := reg.Search(ctx, "波纹", "", "", 20)   // two characters are enough
//	why, related, err := reg.Related(tx, expert, poster)     // before an invitation, with the reason in words
//
// Every change makes a revision and is kept; a change that was begun on an older revision is refused, naming who was faster and
// what they changed. A deleted party is hidden, never erased: cases go on naming it.
//
// Sheets (sheet.go) are tables that people fill in Excel: this package brings one for parties, and others register theirs. An
// import is a row of a table: uploaded, checked (a dry run of every row), confirmed, run in chunks that are each done whole or
// not at all; it goes on after a crash where it stopped.
//
//	imp, err := reg.NewImport(ctx, actor, "party", "单位.xlsx", file) // refuses hostile and wrong files at once
//	err = reg.RunImport(ctx, imp.ID)                                  // checks; a job calls this
//	err = reg.ConfirmImport(ctx, actor, imp.ID, register.Confirmation{SkipBad: true})
//	err = reg.RunImport(ctx, imp.ID)                                  // writes
//	err = reg.Marked(ctx, actor, imp.ID, w)                           // the user's own file, with 校验结果 and red cells
//
// Beside parties the register holds records of kinds that a pack says (record.go): achievements, contracts, companies. Kinds come as plain
// values. Each field of a record knows who said it, when and where (a Claim); a claim against a verified one stands beside it until
// somebody decides. Every kind brings a sheet.
//
//	reg.RegisterKinds(kinds)                                          // at start-up
//	rec, err := reg.EnterRecord(tx, kind, source, "", values)         // refused where it is there already (Unique)
//	rec, err = reg.UpdateRecord(tx, kind, source, rec.ID, changes, force)
//	list, next, err := reg.SearchRecords(ctx, register.RecordQuery{Text: "波纹", Kind: "achievement"})
//
// What this package does not know: policy, cases, money. Whether a party is busy in a case is asked of whoever says so (BusyIn).
package register
