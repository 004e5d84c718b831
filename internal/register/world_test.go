package register_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/ident"
	"kechuang/internal/identity"
	"kechuang/internal/refusal"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// shenyang is the districts of the reference city, as its pack gives them.
var shenyang = []register.Region{{Code: "210102", Name: "和平区"}, {Code: "210103", Name: "沈河区"}, {Code: "210104", Name: "大东区"}, {Code: "210105", Name: "皇姑区"},
	{Code: "210106", Name: "铁西区"}, {Code: "210111", Name: "苏家屯区"}, {Code: "210112", Name: "浑南区"}, {Code: "210113", Name: "沈北新区"}, {Code: "210114", Name: "于洪区"},
	{Code: "210115", Name: "辽中区"}, {Code: "210123", Name: "康平县"}, {Code: "210124", Name: "法库县"}, {Code: "210181", Name: "新民市"}}

var (
	keeper = identity.Actor{Account: "acc_keeper", Name: "登记员", Roles: []string{identity.RoleRegister}}
	nobody = identity.Actor{}
)

type world struct {
	*register.Register
	t   testing.TB
	db  *store.DB
	now time.Time
	ctx context.Context
}

func newWorld(t testing.TB, db *store.DB) *world {
	w := &world{t: t, db: db, now: time.Date(2025, 6, 30, 1, 0, 0, 0, time.UTC), ctx: context.Background()}
	db.SetClock(func() time.Time { w.now = w.now.Add(time.Millisecond); return w.now })
	w.Register = register.New(db, shenyang)
	return w
}

func each(t *testing.T, fn func(t *testing.T, w *world)) {
	storetest.Each(t, []store.Migrations{register.Migrations}, func(t *testing.T, db *store.DB) { fn(t, newWorld(t, db)) })
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) refused(err error, id string) {
	w.t.Helper()
	if !refusal.Is(err, id) {
		w.t.Fatalf("want refusal %s, got %v", id, err)
	}
}

func (w *world) put(a identity.Actor, p register.Party) (out register.Party, err error) {
	err = w.db.Write(w.ctx, func(tx *store.Tx) error {
		out, err = w.Put(tx, a, p)
		return err
	})
	return out, err
}

func (w *world) mustPut(p register.Party) register.Party {
	w.t.Helper()
	out, err := w.put(keeper, p)
	w.must(err)
	return out
}

// code makes a valid unified social credit code that nobody has: GB 11714 inside GB 32100.
func code(n int) string {
	inner, sum := fmt.Sprintf("%08d", n), 0
	for i, weight := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(inner[i]-'0') * weight
	}
	return ident.USCCWithCheck("91210112" + inner + string("0X987654321"[sum%11]))
}

func firm(n int, name string) register.Party {
	return register.Party{Kind: register.Enterprise, Name: name, USCC: code(n), Region: "210112", Synthetic: true}
}

func (w *world) search(q string) []string {
	w.t.Helper()
	list, _, err := w.Search(w.ctx, q, "", "", 20)
	w.must(err)
	names := []string{}
	for _, p := range list {
		names = append(names, p.Name)
	}
	return names
}

func caldateOf(s string) caldate.Date { return caldate.Date(s) }
