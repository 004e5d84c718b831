package ledger_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kechuang/internal/caldate"
	"kechuang/internal/equity"
	"kechuang/internal/ledger"
	"kechuang/internal/money"
	"kechuang/internal/refusal"
	"kechuang/internal/rights"
	"kechuang/internal/share"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// clock is a database's clock that a test moves.
func clock(db *store.DB) func(days int) {
	var now atomic.Int64
	now.Store(time.Date(2026, 1, 5, 1, 0, 0, 0, time.UTC).UnixMicro())
	db.SetClock(func() time.Time { return time.UnixMicro(now.Add(1)).UTC() })
	return func(days int) { now.Add(int64(days) * 24 * 3600 * 1e6) }
}

func one(party string) []rights.Part { return []rights.Part{{Party: party, Share: share.Whole}} }

// change does an act on a thing and audits.
func change(t testing.TB, db *store.DB, thing, c string, do func(*rights.State, rights.Act) (rights.Change, error)) error {
	return act(t, db, func(tx *store.Tx) error { _, err := book.ChangeRights(tx, why(c), thing, do); return err })
}

func standing(t testing.TB, db *store.DB, thing string) (s rights.State) {
	t.Helper()
	must(t, db.Read(t.Context(), func(tx *store.Tx) (err error) { s, err = book.Rights(tx, thing); return err }))
	return s
}

// TestRightsLife books one patent's life and reads every past moment back.
func TestRightsLife(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		wait := clock(db)
		p := "patent_1"
		must(t, change(t, db, p, "disclose", func(s *rights.State, a rights.Act) (rights.Change, error) {
			return s.Vest(a, "2030-12-31", one("学校"))
		}))
		first := time.Date(2026, 1, 5, 2, 0, 0, 0, time.UTC)
		wait(10)
		must(t, change(t, db, p, "assign", func(s *rights.State, a rights.Act) (rights.Change, error) {
			return s.Assign(a, rights.Assignment{Right: rights.All, From: []string{"学校"}, Share: 900_000, To: []rights.Part{{Party: "王娜", Share: 666_667}, {Party: "李伟", Share: 333_333}}})
		}))
		must(t, change(t, db, p, "use", func(s *rights.State, a rights.Act) (rights.Change, error) {
			return s.Assign(a, rights.Assignment{Right: rights.Use, From: []string{"王娜"}, To: one("公司"), Until: "2026-06-30"})
		}))
		wait(30)
		all := []string{"学校", "王娜", "李伟"}
		must(t, change(t, db, p, "loan", func(s *rights.State, a rights.Act) (rights.Change, error) {
			return s.Pledge(a, rights.Pledge{Giver: "王娜", Holder: "银行", Number: "Y1", Amount: 100 * money.Wan, Until: "2027-02-01", Consent: all})
		}))
		sell := func(s *rights.State, a rights.Act) (rights.Change, error) {
			return s.Assign(a, rights.Assignment{Right: rights.All, To: one("买家")})
		}
		if err := change(t, db, p, "sale", sell); !refusal.Is(err, "rights.pledged") {
			t.Errorf("a pledged right sold: %v", err)
		}
		must(t, change(t, db, p, "licence", func(s *rights.State, a rights.Act) (rights.Change, error) {
			return s.License(a, rights.Licence{Scope: rights.Ordinary, Giver: "学校", Holder: "甲厂", Until: "2026-12-31"})
		}))
		wait(180) // the term of use is over
		if s := standing(t, db, p); s.Share(rights.Use, "公司") != 0 || s.Share(rights.Use, "王娜") != 600_000 {
			t.Errorf("the term has not lapsed: %+v", s.Lots)
		}
		must(t, change(t, db, p, "repaid", func(s *rights.State, a rights.Act) (rights.Change, error) {
			return s.Discharge(a, s.InForce(rights.PledgeLien, a.Today)[0].ID)
		}))
		must(t, change(t, db, p, "sale", sell))
		if s := standing(t, db, p); s.Share(rights.Title, "买家") != share.Whole || len(s.Terms) != 0 {
			t.Errorf("after the sale: %+v", s)
		}
		at := func(when time.Time) (s rights.State) {
			must(t, db.Read(t.Context(), func(tx *store.Tx) (err error) { s, err = book.RightsAt(tx, p, when); return err }))
			if len(s.Lots) > 0 {
				must(t, s.Check())
			}
			return s
		}
		if s := at(first.AddDate(0, 0, -1)); s.Vested() {
			t.Errorf("before the beginning: %+v", s)
		}
		if s := at(first); s.Share(rights.Title, "学校") != share.Whole {
			t.Errorf("at first: %+v", s)
		}
		if s := at(first.AddDate(0, 0, 60)); s.Share(rights.Use, "公司") != 600_000 || !s.Pledged() || len(s.Liens) != 2 {
			t.Errorf("in spring: %+v", s)
		}
		if s := at(caldate.Date("2026-07-01").Start()); s.Share(rights.Use, "王娜") != 600_000 || !s.Pledged() {
			t.Errorf("on the day after the term: %+v", s)
		}
		var history []ledger.RightEvent
		must(t, db.Read(t.Context(), func(tx *store.Tx) (err error) { history, err = book.RightHistory(tx, p); return err }))
		var kinds []string
		for _, e := range history {
			kinds = append(kinds, e.Kind+" "+e.Case)
			if e.Kind == rights.KindPledge && (e.Lien == nil || e.Lien.Number != "Y1" || len(e.Moves) != 2) { // title and income; the use is in the company's hand until its term is over
				t.Errorf("the pledge is told as %+v with the lien %+v", e, e.Lien)
			}
		}
		if want := []string{"vest disclose", "assign assign", "assign use", "pledge loan", "license licence", "lapse repaid", "discharge repaid", "assign sale"}; !slices.Equal(kinds, want) {
			t.Errorf("history %q, want %q", kinds, want)
		}
	})
}

// TestRightsModel: random acts through the book stand where they stand in memory, now and at every past moment, and the audit holds.
func TestRightsModel(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		run := 0
		rapid.Check(t, func(r *rapid.T) {
			run++
			thing, wait := fmt.Sprintf("thing_%d", run), clock(db)
			model := &rights.State{}
			party := rapid.SampledFrom([]string{"甲", "乙", "丙"})
			type moment struct {
				at    time.Time
				state rights.State
			}
			var past []moment
			today := func() (d caldate.Date) {
				must(t, db.Read(t.Context(), func(tx *store.Tx) error { d = caldate.On(tx.Now()); return nil }))
				return d
			}
			do := func(f func(*rights.State, rights.Act) (rights.Change, error)) {
				m := model.Clone()
				var ids []string
				var got rights.Change
				err := db.Write(t.Context(), func(tx *store.Tx) (err error) {
					got, err = book.ChangeRights(tx, why("c"), thing, f)
					for _, l := range got.Liens {
						ids = append(ids, l.ID)
					}
					for _, l := range got.Terms {
						ids = append(ids, l.ID)
					}
					return err
				})
				if err != nil && refusal.Of(err) == nil {
					r.Fatal(err)
				}
				next := 0
				terms := map[string]string{}
				_, want := f(&m, rights.Act{Case: "c", Today: today(), NewID: func() string { next++; return fmt.Sprint("new", next) }})
				if (err == nil) != (want == nil) {
					r.Fatalf("the book says %v, the model %v", err, want)
				}
				if err == nil { // take over the book's own names
					model.Lapse(today())
					for _, mv := range got.Moves {
						if mv.Kind != rights.KindLapse {
							model.Apply(mv)
						}
					}
					model.Terms = append(model.Terms, got.Terms...)
					model.Liens = append(model.Liens, got.Liens...)
					for _, e := range got.Ended {
						model.Liens = slices.DeleteFunc(model.Liens, func(l rights.Lien) bool { return l.ID == e.Lien })
					}
					if got.Expires != nil {
						model.Expires = *got.Expires
					}
				}
				_ = terms
			}
			until := func(t caldate.Date) caldate.Date {
				if rapid.Bool().Draw(r, "for good") {
					return ""
				}
				return t.AddDays(rapid.IntRange(1, 60).Draw(r, "until"))
			}
			everyone := []string{"甲", "乙", "丙"}
			do(func(s *rights.State, a rights.Act) (rights.Change, error) {
				if s.Vested() {
					return rights.Change{}, nil
				}
				return s.Vest(a, "2029-12-31", one("甲"))
			})
			lien := func(s *rights.State, kind string, day caldate.Date) string {
				if l := s.InForce(kind, day); len(l) > 0 {
					return l[0].ID
				}
				return "none"
			}
			r.Repeat(map[string]func(*rapid.T){
				"assign": func(*rapid.T) {
					x := rights.Assignment{Right: rapid.SampledFrom([]rights.Right{rights.Title, rights.Use, rights.All}).Draw(r, "right"), From: []string{party.Draw(r, "from")},
						To: one(party.Draw(r, "to")), Share: share.PPM(rapid.Int64Range(0, 400_000).Draw(r, "share")), Until: until(today()), Consent: everyone}
					do(func(s *rights.State, a rights.Act) (rights.Change, error) { return s.Assign(a, x) })
				},
				"pledge": func(*rapid.T) {
					x := rights.Pledge{Giver: party.Draw(r, "giver"), Holder: "银行", Number: "Y", Amount: 1, Until: today().AddDays(rapid.IntRange(1, 90).Draw(r, "until")), Consent: everyone}
					do(func(s *rights.State, a rights.Act) (rights.Change, error) { return s.Pledge(a, x) })
				},
				"discharge": func(*rapid.T) {
					do(func(s *rights.State, a rights.Act) (rights.Change, error) {
						return s.Discharge(a, lien(s, rights.PledgeLien, a.Today))
					})
				},
				"enforce": func(*rapid.T) {
					to := party.Draw(r, "to")
					do(func(s *rights.State, a rights.Act) (rights.Change, error) {
						return s.Enforce(a, lien(s, rights.PledgeLien, a.Today), to)
					})
				},
				"license": func(*rapid.T) {
					x := rights.Licence{Scope: rights.Exclusive, Giver: party.Draw(r, "giver"), Holder: "甲厂", Until: today().AddDays(20), Consent: everyone}
					do(func(s *rights.State, a rights.Act) (rights.Change, error) { return s.License(a, x) })
				},
				"end": func(*rapid.T) {
					do(func(s *rights.State, a rights.Act) (rights.Change, error) {
						return s.EndLicence(a, lien(s, rights.LicenceLien, a.Today))
					})
				},
				"revert": func(*rapid.T) {
					from, to := party.Draw(r, "from"), party.Draw(r, "to")
					do(func(s *rights.State, a rights.Act) (rights.Change, error) { return s.Revert(a, from, to, everyone) })
				},
				"wait": func(*rapid.T) { wait(rapid.IntRange(0, 40).Draw(r, "days")) },
				"": func(*rapid.T) {
					var now time.Time
					var got rights.State
					must(t, db.Read(t.Context(), func(tx *store.Tx) (err error) { now = tx.Now(); got, err = book.Rights(tx, thing); return err }))
					model.Lapse(caldate.On(now))
					if !slices.Equal(got.Lots, model.Lots) || !slices.Equal(got.Terms, model.Terms) || !slices.Equal(got.Liens, model.Liens) || got.Check() != nil {
						r.Fatalf("the book has %+v, the model %+v", got, *model)
					}
					past = append(past, moment{now, model.Clone()})
				},
			})
			for _, m := range past {
				must(t, db.Read(t.Context(), func(tx *store.Tx) error {
					got, err := book.RightsAt(tx, thing, m.at)
					if !slices.Equal(got.Lots, m.state.Lots) || !slices.Equal(got.Liens, m.state.Liens) {
						r.Fatalf("on %v the book had %+v, the model %+v", m.at, got, m.state)
					}
					return err
				}))
			}
			audit(t, db)
		})
	})
}

// TestAssignedTwiceOnOneDay: sixteen writers sell the same patent on the same day; one sale comes through.
func TestAssignedTwiceOnOneDay(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		must(t, change(t, db, "patent", "c", func(s *rights.State, a rights.Act) (rights.Change, error) { return s.Vest(a, "", one("学校")) }))
		var sold atomic.Int64
		var wg sync.WaitGroup
		for w := range 16 {
			wg.Go(func() {
				err := db.Write(t.Context(), func(tx *store.Tx) error {
					_, err := book.ChangeRights(tx, why(fmt.Sprint("case", w)), "patent", func(s *rights.State, a rights.Act) (rights.Change, error) {
						return s.Assign(a, rights.Assignment{Right: rights.All, From: []string{"学校"}, To: one(fmt.Sprint("厂", w))})
					})
					return err
				})
				switch {
				case err == nil:
					sold.Add(1)
				case !refusal.Is(err, "rights.short"):
					t.Errorf("%v", err)
				}
			})
		}
		wg.Wait()
		audit(t, db)
		if sold.Load() != 1 {
			t.Errorf("sold %d times", sold.Load())
		}
	})
}

// TestEquityModel: random events through the book stand where they stand in memory, on every past day, too.
func TestEquityModel(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		run := 0
		rapid.Check(t, func(r *rapid.T) {
			run++
			company, wait := fmt.Sprintf("company_%d", run), clock(db)
			model := &equity.Table{}
			days := map[caldate.Date]equity.Table{}
			party := rapid.SampledFrom([]string{"团队", "学校", "基金", "公共"})
			shares := rapid.Int64Range(0, 500)
			do := func(kind string, back int, f func(*equity.Table, equity.Event) ([]equity.Move, error)) {
				var e equity.Event
				m := model.Clone()
				err := db.Write(t.Context(), func(tx *store.Tx) error {
					e = equity.Event{Kind: kind, Day: caldate.On(tx.Now()).AddDays(-back)}
					_, err := book.ChangeEquity(tx, why("c"), company, e, f)
					return err
				})
				_, want := f(&m, e)
				if err != nil && refusal.Of(err) == nil || (err == nil) != (want == nil) {
					r.Fatalf("the book says %v, the model %v", err, want)
				}
				if err == nil {
					*model = m
					days[e.Day] = m.Clone()
				}
			}
			row := func() equity.Row {
				return equity.Row{Party: party.Draw(r, "party"), Shares: shares.Draw(r, "shares"), Paid: 100, Source: equity.Social}
			}
			back := func() int { return rapid.IntRange(0, 3).Draw(r, "back") }
			r.Repeat(map[string]func(*rapid.T){
				"issue": func(*rapid.T) {
					x := []equity.Row{row()}
					do(equity.KindIssue, back(), func(t *equity.Table, e equity.Event) ([]equity.Move, error) { return t.Issue(e, x) })
				},
				"pool": func(*rapid.T) {
					n := shares.Draw(r, "shares")
					do(equity.KindPool, back(), func(t *equity.Table, e equity.Event) ([]equity.Move, error) { return t.Pool(e, "期权", "", n) })
				},
				"grant": func(*rapid.T) {
					x := row()
					do(equity.KindGrant, back(), func(t *equity.Table, e equity.Event) ([]equity.Move, error) { return t.Grant(e, "期权", x) })
				},
				"transfer": func(*rapid.T) {
					from, x := party.Draw(r, "from"), row()
					do(equity.KindTransfer, back(), func(t *equity.Table, e equity.Event) ([]equity.Move, error) { return t.Transfer(e, from, x) })
				},
				"buy back": func(*rapid.T) {
					x := row()
					do(equity.KindBuyBack, back(), func(t *equity.Table, e equity.Event) ([]equity.Move, error) { return t.BuyBack(e, x) })
				},
				"convert": func(*rapid.T) {
					x := equity.Terms{Principal: money.Fen(shares.Draw(r, "principal")), Basis: equity.ByFixed, Price: equity.Per(3, 1), Cap: 300_000, NotLargest: true}
					do(equity.KindConvert, back(), func(t *equity.Table, e equity.Event) ([]equity.Move, error) {
						c, err := t.Convert(e, "公共", x)
						return c.Moves, err
					})
				},
				"wait": func(*rapid.T) { wait(rapid.IntRange(0, 5).Draw(r, "days")) },
				"": func(*rapid.T) {
					var got equity.Table
					must(t, db.Read(t.Context(), func(tx *store.Tx) (err error) { got, err = book.Table(tx, company); return err }))
					if !slices.Equal(got.Lots, model.Lots) || got.Day != model.Day || got.Check() != nil {
						r.Fatalf("the book has %+v, the model %+v", got, *model)
					}
				},
			})
			must(t, db.Read(t.Context(), func(tx *store.Tx) error {
				list, err := book.EquityHistory(tx, company)
				var history []equity.Dated
				for _, e := range list {
					history = append(history, e.Dated)
				}
				for day, want := range days {
					if got := equity.At(history, day); !slices.Equal(got.Lots, want.Lots) {
						r.Fatalf("on %s the table was %+v, the model %+v", day, got, want)
					}
				}
				return err
			}))
			audit(t, db)
		})
	})
}

// TestNeverLargestAtOnce: two conversions at once, each of which alone would be allowed; together they would make the public holder the
// largest, so one is refused.
func TestNeverLargestAtOnce(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		issue := func(tx *store.Tx) error {
			_, err := book.ChangeEquity(tx, why("c"), "company", equity.Event{Kind: equity.KindIssue}, func(t *equity.Table, e equity.Event) ([]equity.Move, error) {
				return t.Issue(e, []equity.Row{{Party: "团队", Shares: 100}})
			})
			return err
		}
		must(t, act(t, db, issue))
		var done, refused atomic.Int64
		var wg sync.WaitGroup
		for w := range 4 {
			wg.Go(func() {
				err := db.Write(t.Context(), func(tx *store.Tx) error {
					_, err := book.ChangeEquity(tx, why(fmt.Sprint(w)), "company", equity.Event{Kind: equity.KindConvert}, func(t *equity.Table, e equity.Event) ([]equity.Move, error) {
						c, err := t.Convert(e, "公共", equity.Terms{Principal: 60, Basis: equity.ByFixed, Price: equity.Per(1, 1), NotLargest: true})
						return c.Moves, err
					})
					return err
				})
				switch {
				case err == nil:
					done.Add(1)
				case refusal.Is(err, "equity.largest"):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		audit(t, db)
		if done.Load() != 1 || refused.Load() != 3 {
			t.Errorf("%d came through, %d were refused", done.Load(), refused.Load())
		}
		tomorrow := act(t, db, func(tx *store.Tx) error {
			_, err := book.ChangeEquity(tx, why("c"), "company", equity.Event{Day: caldate.On(tx.Now()).AddDays(1)}, func(t *equity.Table, e equity.Event) ([]equity.Move, error) { return nil, nil })
			return err
		})
		if !refusal.Is(tomorrow, "equity.future") {
			t.Errorf("dated tomorrow: %v", tomorrow)
		}
	})
}

// TestFrozenShares: what one case froze no other moves or lets go, and every past day says so.
func TestFrozenShares(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		later := clock(db)
		do := func(kase string, d equity.Deed) error {
			later(1)
			return act(t, db, func(tx *store.Tx) error {
				_, err := book.ChangeEquity(tx, why(kase), "company", equity.Event{Kind: d.Kind()}, d.Do)
				return err
			})
		}
		sell := equity.Selling{From: "团队", Row: equity.Row{Party: "买方", Shares: 10}}
		must(t, do("c", equity.Founding{Rows: []equity.Row{{Party: "团队", Shares: 100}}}))
		must(t, do("grant", equity.Freezing{Parties: []string{"团队"}}))
		must(t, do("other", equity.Unfreezing{Parties: []string{"团队"}}))
		for name, d := range map[string]equity.Deed{"sold": sell, "bought back": equity.BuyingBack{Row: equity.Row{Party: "团队", Shares: 1}}, "left": equity.Exiting{How: equity.ByTransfer, From: "团队", Row: equity.Row{Party: "买方"}}} {
			if err := do("other", d); !refusal.Is(err, "equity.frozen") {
				t.Errorf("%s while it is frozen: %v", name, err)
			}
		}
		must(t, do("round", equity.Issuing{Rows: []equity.Row{{Party: "基金", Shares: 50}}})) // others may come in
		must(t, do("grant", equity.Unfreezing{Parties: []string{"团队"}}))
		must(t, do("other", sell))
		must(t, db.Read(t.Context(), func(tx *store.Tx) error {
			events, err := book.EquityHistory(tx, "company")
			if err != nil {
				return err
			}
			var list []equity.Dated
			for _, e := range events {
				list = append(list, e.Dated)
			}
			now, err := book.Table(tx, "company")
			if again := equity.At(list, ""); fmt.Sprint(again) != fmt.Sprint(now) {
				t.Errorf("the history gives %v and not %v", again, now)
			}
			for i, want := range []bool{false, true, true, true, false, false} {
				if then := equity.At(list, list[i].Day); then.Frozen("团队") != want {
					t.Errorf("on %s it is frozen: %v", list[i].Day, !want)
				}
			}
			return err
		}))
	})
}

// TestAuditFindsBrokenRights: what nobody may do through the package is found when it is done past it.
func TestAuditFindsBrokenRights(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		must(t, change(t, db, "patent", "c", func(s *rights.State, a rights.Act) (rights.Change, error) { return s.Vest(a, "", one("学校")) }))
		for name, sql := range map[string]string{
			"a share is lost":         `UPDATE ledger_account SET balance = 999999 WHERE asset = 'title/patent' AND account = 'party/学校'`,
			"a share under no pledge": `UPDATE ledger_account SET account = 'lien/lien_00000000000000000000000000/-/学校' WHERE asset = 'use/patent' AND account = 'party/学校'`,
		} {
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				if _, err := tx.Exec(sql); err != nil {
					return err
				}
				if err := book.Audit(tx); err == nil {
					t.Errorf("%s: the audit finds nothing", name)
				}
				return refusal.New(refusal.Invalid, "test.undo", why("").Memo)
			})
			if !refusal.Is(err, "test.undo") {
				t.Fatal(err)
			}
		}
		audit(t, db)
	})
}
