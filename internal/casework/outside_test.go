package casework

import (
	"testing"
	"testing/fstest"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/figure"
	"kechuang/internal/identity"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// TestWhatOthersPublish: a bulletin goes with our figure within what it rounds to; a newer one that does not is an alert, until it is
// withdrawn. It is never counted, and only a statistician takes it in.
func TestWhatOthersPublish(t *testing.T) {
	storetest.Each(t, sets, func(t *testing.T, db *store.DB) {
		pack := counted(t).(fstest.MapFS)
		pack["series.yaml"] = &fstest.MapFile{Data: []byte(`
bulletin:
  title: {zh: 公报, en: Bulletin}
  source: {zh: 统计局, en: Statistics}
  columns: {area: 地区, year: 年份, item: 指标, value: 数值}
  items: {合同额: {zh: 合同额, en: Contracts}, 增长: {zh: 增长, en: growth}}
  growths: {增长: 合同额}
  beside: {money: {item: 合同额, area: 沈阳, unit: 万元, relation: same}}
`)}
		c := cityUnder(t, db, pack)
		counter := identity.Actor{Account: "counter", Name: "统计", Roles: []string{identity.RoleFigures}}
		src := register.Source{Who: "登记员", From: register.FromImport, Import: "imp_1", Verified: true}
		c.write(func(tx *store.Tx) error {
			p, err := c.e.Register.EnterRecord(tx, c.e.Register.Kind("platform"), src, "", said(map[string]any{"name": "甲", "host": c.poster, "level": "市", "from": "2023-05-10", "status": "运行"}))
			if err != nil {
				return err
			}
			_, err = c.e.Register.EnterRecord(tx, c.e.Register.Kind("contract"), src, "", said(map[string]any{"name": "合同", "base": p.ID, "signed": "2024-05-01", "amount": 1234567, "slip": "回单"}))
			return err
		})
		at := figure.At{Day: caldate.On(c.now)}
		look := func() (list []BesideFigure, alerts []figure.Alert) {
			t.Helper()
			c.ok(db.Read(c.ctx, func(tx *store.Tx) (err error) {
				if list, err = c.e.Beside(tx, "money", true); err == nil {
					alerts, err = c.e.FigureAlerts(tx, "money", at, list)
				}
				return err
			}))
			return list, alerts
		}
		if list, alerts := look(); len(list) != 0 || len(alerts) != 0 {
			t.Errorf("before anything is taken in: %+v %+v", list, alerts)
		}
		const head = "地区,年份,指标,数值\n"
		_, err := c.e.TakeOutside(c.ctx, c.jingban, "bulletin", "公报.csv", "2024 年公报", []byte(head+"沈阳,2024,合同额,1.23\n"))
		c.refused(err, "role.missing")
		_, err = c.e.TakeOutside(c.ctx, counter, "none", "公报.csv", "2024 年公报", []byte(head))
		c.refused(err, "outside.no_series")
		try, err := c.e.TryOutside(counter, "bulletin", "公报.csv", []byte(head+"沈阳,2024,合同额,1.23\n沈阳,2023,合同额,1.00\n沈阳,2024,增长,25\n"))
		if c.ok(err); try.Cells != 3 || try.Failed["error"] != 1 {
			t.Errorf("tried: %+v", try)
		}
		_, err = c.e.TakeOutside(c.ctx, counter, "bulletin", "公报.csv", "2024 年公报", []byte(head+"沈阳,2024,合同额,1.23\n沈阳,2023,合同额,1.00\n沈阳,2024,增长,25\n沈阳,2025,合同额,9\n"))
		c.ok(err)
		list, alerts := look()
		if len(list) != 1 || len(list[0].Years) != 3 || len(alerts) != 0 || len(list[0].Findings) != 1 {
			t.Fatalf("%+v, alerts %+v", list, alerts)
		}
		y := list[0].Years[1]
		if y.Year != 2024 || *y.Value != 1_230_000 || *y.Ours != 1_234_567 || y.Against || list[0].Years[0].Ours != nil {
			t.Errorf("%+v", list[0].Years)
		}
		c.later(time.Hour)
		f, err := c.e.TakeOutside(c.ctx, counter, "bulletin", "新闻.csv", "新闻发布", []byte(head+"沈阳,2024,合同额,1.30\n"))
		c.ok(err)
		list, alerts = look()
		if y := list[0].Years[1]; len(y.Versions) != 2 || !y.Against || len(alerts) != 1 || *alerts[0].Was != 1_300_000 || *alerts[0].Now != 1_234_567 {
			t.Errorf("%+v, alerts %+v", y, alerts)
		}
		_, err = c.e.WithdrawOutside(c.ctx, counter, f.ID, "不是最终数")
		c.ok(err)
		if list, alerts = look(); list[0].Years[1].Against || len(alerts) != 0 {
			t.Errorf("withdrawn: %+v, alerts %+v", list[0].Years[1], alerts)
		}
		c.ok(db.Read(c.ctx, func(tx *store.Tx) error {
			leaves, err := c.e.Journal.Of(tx, figuresChain)
			if err == nil && len(leaves) != 3 {
				t.Errorf("%d leaves of the journal", len(leaves))
			}
			return err
		}))
	})
}
