package casework

import (
	"bytes"
	"context"
	"testing"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/identity"
	"kechuang/internal/lang"
	"kechuang/internal/policy"
	"kechuang/internal/policy/play"
	"kechuang/internal/store"
	"kechuang/packs"
)

// told plays a story of the city's pack on a theatre of its own.
func told(t *testing.T, mechanism, story string) *Theatre {
	t.Helper()
	pack := shenyang(t)
	f, err := play.Parse("story.txtar", []byte(story), pack, mechanism)
	if err != nil {
		t.Fatal(err)
	}
	w := theatreOf(t, pack, packs.Shenyang(), store.SQLite)
	if line, err := play.RunOne(f, f.Scenarios[0], w); err != nil {
		t.Fatalf("line %d: %v", line, err)
	}
	w.e.Register.RegisterKinds(recordKinds(pack))
	return w
}

const orderWorld = `-- world --
today: 2025-03-03
opener: 沈阳仪表院
parties:
  沈阳仪表院: {kind: enterprise, region: "210112", in_city: true}
  沈阳波纹管厂: {kind: enterprise, region: "210112", in_city: true}
  东北大学: {kind: university, region: "210102", in_city: true}
records:
  电镜: {kind: instrument, name: 场发射扫描电镜, number: SH-001, model: SEM-5, class: I01, owner: 东北大学, sharing: 对外共享, status: 在用}
-- forms --
request: {title: 断口分析, instrument: 电镜, way: 代为测试, hours: 6, from: 2025-03-10, secret: false}
quote: {price: 2400元, from: 2025-03-10, until: 2025-03-11}
contract: {price: 2400元, from: 2025-03-10, until: 2025-03-11, rights: 归委托方}
-- all --
client submit · provider quote · provider sign · client sign → booked
`

// TestCalendar: everybody who sees the instrument sees that its days are taken, and only those of the case by whom; what was cancelled is free.
func TestCalendar(t *testing.T) {
	t.Parallel()
	w := told(t, "instrument_order", orderWorld)
	client := w.actor("甲", policy.Holder{Party: w.PartyID("沈阳仪表院")})
	stranger := w.actor("乙", policy.Holder{Party: w.PartyID("沈阳波纹管厂")})
	for name, c := range map[string]struct {
		actor identity.Actor
		seen  bool
	}{"client": {client, true}, "stranger": {stranger, false}} {
		got, err := w.e.Calendar(context.Background(), c.actor, w.RecordID("电镜"), "2025-03-01", "2025-03-31")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !got.Booked || len(got.Bookings) != 1 {
			t.Fatalf("%s: %+v", name, got)
		}
		b := got.Bookings[0]
		if b.From != "2025-03-10" || b.Until != "2025-03-11" || b.Seen != c.seen || (b.Label != "") != c.seen || (b.Client != "") != c.seen || (b.Case != "") != c.seen {
			t.Errorf("%s sees %+v", name, b)
		}
	}
	if none, err := w.e.Calendar(context.Background(), client, w.RecordID("电镜"), "2025-03-12", "2025-03-31"); err != nil || len(none.Bookings) != 0 {
		t.Errorf("days after it are taken: %+v, %v", none, err)
	}
	if _, err := w.e.Calendar(context.Background(), client, w.RecordID("电镜"), "2025-03-12", "2027-03-31"); err == nil {
		t.Error("two years at once are shown")
	}
	if _, err := w.e.Calendar(context.Background(), identity.Actor{}, w.RecordID("电镜"), "2025-03-01", "2025-03-31"); err == nil {
		t.Error("a calendar is shown to nobody")
	}
	free := told(t, "instrument_order", orderWorld+"client cancel 说 \"样品未到\" → cancelled\n")
	client = free.actor("甲", policy.Holder{Party: free.PartyID("沈阳仪表院")})
	if got, err := free.e.Calendar(context.Background(), client, free.RecordID("电镜"), "2025-03-01", "2025-03-31"); err != nil || len(got.Bookings) != 0 {
		t.Errorf("cancelled days are taken: %+v, %v", got, err)
	}
}

// TestMarks: the officer sees who gave what with means; a round that was begun again does not count; the host sees no marks of experts.
func TestMarks(t *testing.T) {
	t.Parallel()
	w := told(t, "instrument_purchase", `-- world --
today: 2025-03-03
opener: 沈阳化工大学
parties:
  沈阳化工大学: {kind: university, region: "210106", in_city: true}
  专家一: {kind: person, fields: [F4]}
  专家二: {kind: person, fields: [F4]}
  专家三: {kind: person, fields: [F4]}
-- forms --
request: {name: 扫描电镜, class: I01, field: F4, price: 300万元, fiscal: 200万元, hours: 1600, outside: 400, promise: true}
marks: {need: 25, unlike: 22, sharing: 20, ability: 12, comment: 可以}
-- all --
unit submit · officer accept · officer draw · 专家一 invitations.accept · 专家二 invitations.accept · 专家三 invitations.accept · officer convene → reviewing.scoring
专家一 opinions.score · 专家二 opinions.score marks{need: 26} · 专家三 opinions.score marks{need: 26, ability: 10} · officer conclude → deciding
`)
	officer := identity.Actor{Account: "丙", Offices: []string{"bureau.platforms"}}
	list, title, err := w.e.Marks(context.Background(), officer, w.id)
	if err != nil || title != "扫描电镜" || len(list) != 1 {
		t.Fatalf("%+v %q %v", list, title, err)
	}
	m := list[0]
	if m.Full != "100" || m.Void || len(m.Columns) != 3 || len(m.Rows) != 4 || m.Rows[0].Mean != "25.67" || m.Rows[3].Mean != "11.33" || m.Total != "79.00" || m.Columns[0].Said[0] != "可以" {
		t.Errorf("%+v", m)
	}
	var out bytes.Buffer
	if err := WriteMarks(&out, title, list, lang.ZH); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil || len(rows) != 8 || rows[2][0] != "购置必要性" || rows[2][1] != "30" || rows[6][0] != "合计" || rows[6][5] != "79.00" {
		t.Errorf("%v %v", rows, err)
	}
	host := w.actor("甲", policy.Holder{Party: w.PartyID("沈阳化工大学")})
	if list, _, err := w.e.Marks(context.Background(), host, w.id); err != nil || len(list) != 0 {
		t.Errorf("the host sees the experts' marks: %+v %v", list, err)
	}
}
