package casework

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/figure"
	"kechuang/internal/identity"
	"kechuang/internal/policy/trial"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// counted is the sample pack with a kind whose records are counted.
func counted(t *testing.T) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(os.DirFS("sample"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile("sample/" + name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	out["facts.yaml"].Data = append(out["facts.yaml"].Data, []byte(`
platforms: {title: {zh: 平台, en: Platforms}, unit: 项}
contracts: {title: {zh: 合同额, en: Contracts}, unit: 元}
`)...)
	out["kinds.yaml"] = &fstest.MapFile{Data: []byte(`
platform:
  zh: 平台
  en: Platform
  name: name
  owner: host
  status: status
  fields:
    name:   {zh: 名称, en: Name, type: text}
    host:   {zh: 单位, en: Host, type: party}
    level:  {zh: 级别, en: Level, type: choice, choices: {国家: {zh: 国家, en: National}, 市: {zh: 市, en: Municipal}}}
    from:   {zh: 认定, en: From, type: date}
    until:  {zh: 至, en: Until, type: date, optional: true}
    status: {zh: 状态, en: Status, type: choice, choices: {运行: {zh: 运行, en: Running}, 停: {zh: 停, en: Stopped}}}
  counts:
    platforms: {from: from, until: until, where: {status: [运行]}, dims: {level: level, region: host.region}}
contract:
  zh: 合同
  en: Contract
  name: name
  fields:
    name:   {zh: 名称, en: Name, type: text}
    base:   {zh: 平台, en: Platform, type: record, kind: platform}
    signed: {zh: 签订, en: Signed, type: date}
    amount: {zh: 金额, en: Amount, type: money}
    slip:   {zh: 凭证, en: Slip, type: text, optional: true}
    firm:   {zh: 企业, en: Firm, type: party, optional: true}
  counts:
    contracts: {from: signed, sum: amount, filled: [slip], dims: {level: base.level, firm: firm}}
`)}
	out["figures.yaml"] = &fstest.MapFile{Data: []byte(`
force: {title: {zh: 在册, en: In force}, unit: 项, means: {zh: 在册, en: In force}, count: platforms, period: in_force, breakdown: {level: {title: {zh: 级别, en: Level}}, region: {title: {zh: 区县, en: District}}}, version: "1", basis: rule}
ever:  {title: {zh: 认定, en: Recognised}, unit: 项, means: {zh: 认定, en: Ever}, count: platforms, period: cumulative, version: "1", basis: rule}
once:  {title: {zh: 平台数, en: Platforms}, unit: 项, means: {zh: 一个平台数一次, en: Each once}, distinct: platforms, by: record, period: cumulative, version: "1", basis: rule}
firms: {title: {zh: 企业数, en: Firms}, unit: 家, means: {zh: 签合同的企业, en: Firms}, distinct: contracts, by: firm, period: year, version: "1", basis: rule}
money: {title: {zh: 合同额, en: Contracts}, unit: 元, means: {zh: 合同额, en: Contracts}, sum: contracts, period: year, breakdown: {level: {title: {zh: 级别, en: Level}}}, version: "1", basis: rule}
`)}
	return out
}

func said(pairs map[string]any) register.Values {
	v := register.Values{}
	for name, x := range pairs {
		v[name], _ = json.Marshal(x)
	}
	return v
}

// TestRecordsAreCounted follows a platform from its recognition, entered two years late, over a correction, an upgrade and a suspension to
// its end, and a contract without and with its evidence: as of any day, and as known on any day.
func TestRecordsAreCounted(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		c := cityUnder(t, db, counted(t))
		src := register.Source{Who: "登记员", From: register.FromImport, Import: "imp_1", Verified: true}
		platform, contract := c.e.Register.Kind("platform"), c.e.Register.Kind("contract")
		id, deed := "", ""
		enter := func(k *register.RecordKind, v map[string]any) (id string) {
			c.write(func(tx *store.Tx) error {
				rec, err := c.e.Register.EnterRecord(tx, k, src, "", said(v))
				id = rec.ID
				return err
			})
			return id
		}
		change := func(day string, k *register.RecordKind, of string, v map[string]any) {
			c.now = caldate.Date(day).Start().Add(10 * time.Hour)
			c.write(func(tx *store.Tx) error {
				_, err := c.e.Register.UpdateRecord(tx, k, src, of, said(v), true)
				return err
			})
		}
		value := func(figureName string, day, known caldate.Date, want int64) {
			t.Helper()
			c.ok(db.Read(c.ctx, func(tx *store.Tx) error {
				v, err := c.e.Book().Value(tx, figureName, figure.At{Day: day, Known: known})
				if err == nil && *v.Value != want {
					t.Errorf("%s as of %s, known %s: %d, want %d", figureName, day, known, *v.Value, want)
				}
				return err
			}))
		}
		id = enter(platform, map[string]any{"name": "甲平台", "host": c.poster, "level": "市", "from": "2023-05-10", "until": "2026-05-09", "status": "运行"})
		value("force", "2023-05-09", "", 0)
		value("force", "2024-12-31", "", 1)
		value("force", "2024-12-31", "2024-12-31", 0) // nobody knew then
		value("force", "2026-05-10", "", 0)           // it expires by itself
		value("ever", "2026-05-10", "", 1)

		change("2025-03-10", platform, id, map[string]any{"from": "2023-06-10"}) // a later beginning is another recognition
		value("ever", "2025-03-10", "", 2)
		value("once", "2025-03-10", "", 1)
		value("force", "2023-06-01", "", 1)
		value("force", "2023-06-20", "", 1)

		change("2025-04-01", platform, id, map[string]any{"level": "国家", "from": "2025-04-01", "until": "2030-03-31"})
		value("force", "2025-03-31", "", 1)
		value("force", "2025-04-01", "", 1) // upgraded, not counted twice
		value("force", "2028-01-01", "", 1)
		value("force", "2028-01-01", "2025-03-20", 0)

		change("2025-05-01", platform, id, map[string]any{"status": "停"})
		value("force", "2025-04-30", "", 1)
		value("force", "2025-05-01", "", 0)
		change("2025-06-01", platform, id, map[string]any{"status": "运行"})
		value("force", "2025-05-15", "", 0) // it was suspended
		value("force", "2025-06-01", "", 1)
		value("once", "2025-06-01", "", 1)

		c.now = caldate.Date("2025-07-01").Start().Add(10 * time.Hour)
		c.write(func(tx *store.Tx) error {
			_, err := c.e.Register.RetireRecord(tx, platform, src, id)
			return err
		})
		value("force", "2025-06-30", "", 1)
		value("force", "2025-07-01", "", 0)

		other := enter(platform, map[string]any{"name": "乙平台", "host": c.poster, "level": "市", "from": "2025-07-01", "status": "运行"})
		double := enter(platform, map[string]any{"name": "乙 平台", "host": c.poster, "level": "市", "from": "2024-07-01", "status": "运行"})
		value("force", "2025-07-01", "", 2)
		c.now = c.now.Add(24 * time.Hour)
		c.write(func(tx *store.Tx) error {
			_, err := c.e.Register.MergeRecords(tx, keeper, other, double, "同一个平台")
			return err
		})
		value("force", "2025-01-01", "", 1) // it was never there: only the other one
		value("force", "2025-07-01", "2025-07-01", 2)
		deed = enter(contract, map[string]any{"name": "合同", "base": other, "signed": "2025-02-01", "amount": 1234567})
		value("money", "2025-12-31", "", 0) // no evidence
		change("2025-07-02", contract, deed, map[string]any{"slip": "回单"})
		value("money", "2025-12-31", "", 1234567)
		change("2025-07-03", contract, deed, map[string]any{"amount": 1000})
		value("money", "2025-12-31", "", 1000)
		value("money", "2025-12-31", "2025-07-02", 1234567)
		change("2025-07-04", contract, deed, map[string]any{"slip": nil})
		value("money", "2025-12-31", "", 0)
		c.ok(db.Read(c.ctx, func(tx *store.Tx) error {
			b, err := c.e.Book().Breakdown(tx, "force", figure.At{Day: "2025-07-02"}, "level", "region")
			if err == nil && (len(b.Parts) != 1 || b.Parts[0].Keys[0] != "市" || b.Parts[0].Keys[1] != "210112") {
				t.Errorf("parts %+v", b.Parts)
			}
			list, _, err := c.e.Book().Behind(tx, "force", figure.At{Day: "2025-07-02"}, nil, nil, figure.Place{}, 50)
			net := map[string]int64{} // what was taken back is listed with what took it back
			for _, f := range list {
				if net[f.Record] += f.Amount; f.Memo != "imp_1" && f.Memo != "merged" {
					t.Errorf("a fact does not say where it is from: %+v", f)
				}
			}
			if err == nil && (net[other] != 1 || net[id] != 0) {
				t.Errorf("behind what is in force: %+v", list)
			}
			return err
		}))
	})
}

// TestCountedAnew: an edition counts suspended platforms too, by another dimension, and counts contracts of a kind that were not. What was
// entered before follows, known from that day on; what ended by the old words keeps its end.
func TestCountedAnew(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		pack := counted(t).(fstest.MapFS)
		c := cityUnder(t, db, pack)
		src := register.Source{Who: "登记员", From: register.FromImport, Import: "imp_1", Verified: true}
		enter := func(kind string, v map[string]any) (id string) {
			c.write(func(tx *store.Tx) error {
				rec, err := c.e.Register.EnterRecord(tx, c.e.Register.Kind(kind), src, "", said(v))
				id = rec.ID
				return err
			})
			return id
		}
		one := enter("platform", map[string]any{"name": "甲平台", "host": c.poster, "level": "市", "from": "2023-05-10", "status": "运行"})
		enter("platform", map[string]any{"name": "乙平台", "host": c.poster, "level": "国家", "from": "2024-05-10", "status": "停"})
		gone := enter("platform", map[string]any{"name": "丙平台", "host": c.poster, "level": "市", "from": "2022-05-10", "status": "运行"})
		enter("contract", map[string]any{"name": "合同", "base": one, "signed": "2025-02-01", "amount": 500})
		_, err := c.e.Recount(c.ctx)
		c.ok(err)
		c.later(24 * time.Hour)
		c.write(func(tx *store.Tx) error {
			_, err := c.e.Register.RetireRecord(tx, c.e.Register.Kind("platform"), src, gone)
			return err
		})
		value := func(figureName string, at figure.At, want int64) {
			t.Helper()
			c.ok(db.Read(c.ctx, func(tx *store.Tx) error {
				v, err := c.e.Book().Value(tx, figureName, at)
				if err == nil && *v.Value != want {
					t.Errorf("%s %+v: %d, want %d", figureName, at, *v.Value, want)
				}
				return err
			}))
		}
		before := caldate.On(c.now)
		value("force", figure.At{Day: "2025-03-03"}, 2)
		value("money", figure.At{Day: "2025-12-31"}, 0)

		kinds := string(pack["kinds.yaml"].Data)
		for _, x := range [][2]string{{"where: {status: [运行]}, dims: {level: level", "where: {status: [运行, 停]}, dims: {level: status"}, {"filled: [slip], ", ""}} {
			if !strings.Contains(kinds, x[0]) {
				t.Fatalf("the pack does not hold %q", x[0])
			}
			kinds = strings.Replace(kinds, x[0], x[1], 1)
		}
		version := strings.Replace(string(pack["pack.yaml"].Data), `version: "1"`, `version: "2"`, 1)
		r, err := c.e.Propose(c.ctx, keeperOfPolicy("zhengce1"), EditionCommand{From: caldate.On(c.now), Note: "改口径",
			Edits: []trial.Edit{{File: "kinds.yaml", Text: kinds}, {File: "pack.yaml", Text: version}}})
		c.ok(err)
		_, err = c.e.Adopt(c.ctx, keeperOfPolicy("zhengce2"), EditionDecision{ID: r.Record, Reason: "同意"})
		c.ok(err)
		c.later(48 * time.Hour)
		_, err = c.e.Current(c.ctx)
		c.ok(err)
		looked, err := c.e.Recount(c.ctx)
		if c.ok(err); looked != 4 {
			t.Errorf("%d records were looked at", looked)
		}
		for range 2 { // counting again changes nothing, rolled up or not
			value("force", figure.At{Day: "2025-03-03"}, 3)
			value("force", figure.At{Day: before}, 2) // without the one that was retired, with the one that stands still
			value("force", figure.At{Day: before, Known: before}, 1)
			value("money", figure.At{Day: "2025-12-31"}, 500)
			value("money", figure.At{Day: "2025-12-31", Known: before}, 0)
			c.ok(db.Read(c.ctx, func(tx *store.Tx) error {
				b, err := c.e.Book().Breakdown(tx, "force", figure.At{Day: before}, "level")
				if err == nil && (len(b.Parts) != 2 || b.Parts[0].Keys[0] != "停" || b.Sum != 2) {
					t.Errorf("parts %+v", b.Parts)
				}
				list, _, err := c.e.Book().Behind(tx, "money", figure.At{Day: "2025-12-31"}, nil, nil, figure.Place{}, 50)
				if err == nil && (len(list) != 1 || list[0].Memo != "imp_1" || list[0].Seq != 1) {
					t.Errorf("a fact does not say where it is from: %+v", list)
				}
				return err
			}))
			next, err := New(c.ctx, c.e.Config)
			c.ok(err)
			_, err = next.Current(c.ctx)
			c.ok(err)
			if looked, err := next.Recount(c.ctx); err != nil || looked != 0 {
				t.Errorf("after a restart %d records were looked at: %v", looked, err)
			}
			_, err = c.e.Book().Roll(c.ctx, db)
			c.ok(err)
		}
	})
}

// TestMergedAfterCounted: two firms that were counted as two turn out to be one, after the month was frozen. Nothing that was known changes;
// what is known from then on counts them once, and the frozen value is told about until it is restated.
func TestMergedAfterCounted(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		c := cityUnder(t, db, counted(t))
		counter := identity.Actor{Account: "counter", Name: "统计", Roles: []string{identity.RoleFigures}}
		src := register.Source{Who: "登记员", From: register.FromImport, Import: "imp_1", Verified: true}
		twin := ""
		c.write(func(tx *store.Tx) error {
			p, err := c.e.Register.Put(tx, keeper, register.Party{Kind: register.Enterprise, Name: "无关企业（沈阳）", Parent: c.poster})
			twin = p.ID
			return err
		})
		var base string
		enter := func(kind string, v map[string]any) {
			c.write(func(tx *store.Tx) error {
				rec, err := c.e.Register.EnterRecord(tx, c.e.Register.Kind(kind), src, "", said(v))
				base = cmp.Or(base, rec.ID)
				return err
			})
		}
		enter("platform", map[string]any{"name": "甲平台", "host": c.poster, "level": "市", "from": "2023-05-10", "status": "运行"})
		for i, firm := range []string{c.stranger, twin, twin} {
			if i == 2 { // one of each is rolled up, and one waits
				_, err := c.e.Book().Roll(c.ctx, db)
				c.ok(err)
			}
			enter("contract", map[string]any{"name": fmt.Sprint("合同", i), "base": base, "firm": firm, "signed": "2025-03-02", "amount": 100, "slip": "回单"})
		}
		value := func(known caldate.Date, want int64) {
			t.Helper()
			c.ok(db.Read(c.ctx, func(tx *store.Tx) error {
				v, err := c.e.Book().Value(tx, "firms", figure.At{Day: "2025-03-31", Known: known})
				if err == nil && *v.Value != want {
					t.Errorf("firms known %q: %d, want %d", known, *v.Value, want)
				}
				return err
			}))
		}
		reported := func() (r figure.Reported, alerts int) {
			t.Helper()
			c.ok(db.Read(c.ctx, func(tx *store.Tx) error {
				list, err := c.e.Book().Reported(tx, "firms")
				if err != nil || len(list) != 1 {
					t.Fatalf("%+v %v", list, err)
				}
				found, err := c.e.Book().Alerts(tx, "firms", figure.At{Day: "2025-04-03"})
				r, alerts = list[0], len(found)
				return err
			}))
			return r, alerts
		}
		c.now = caldate.Date("2025-04-02").Start().Add(10 * time.Hour)
		value("", 2)
		_, err := c.e.FreezeMonth(c.ctx, counter, "2025-03")
		c.ok(err)
		c.now = caldate.Date("2025-04-03").Start().Add(10 * time.Hour)
		try, err := c.e.Merge(c.ctx, keeper, MergeCommand{What: "party", Stays: c.stranger, Goes: twin, Reason: "同一企业", DryRun: true})
		if c.ok(err); try.Records != 2 {
			t.Errorf("%d records follow", try.Records)
		}
		value("", 2) // it was only looked at
		_, err = c.e.Merge(c.ctx, keeper, MergeCommand{What: "party", Stays: c.stranger, Goes: twin, Reason: "同一企业"})
		c.ok(err)
		value("", 1)
		value("2025-04-02", 2)
		if _, err := c.e.Book().Roll(c.ctx, db); err != nil {
			t.Fatal(err)
		}
		value("", 1)
		value("2025-04-02", 2)
		r, alerts := reported()
		if *r.Value != 2 || !r.Drift || *r.Now != 1 || alerts != 1 {
			t.Errorf("the frozen month: %+v, %d alerts", r, alerts)
		}
		_, err = c.e.Restate(c.ctx, counter, "firms", "2025-03", "两家企业是一家")
		c.ok(err)
		if r, alerts = reported(); *r.Value != 2 || r.Drift || len(r.Restatements) != 1 || *r.Restatements[0].Now != 1 || alerts != 0 {
			t.Errorf("restated: %+v, %d alerts", r, alerts)
		}
	})
}
