package outside

import (
	"strings"
	"testing"

	"kechuang/internal/refusal"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// TestTakenIn: a table is kept with its source, a newer one stands above it, the older stays as a version and comes back when the newer is
// withdrawn. The same file is taken in once.
func TestTakenIn(t *testing.T) {
	storetest.Each(t, []store.Migrations{Migrations}, func(t *testing.T, db *store.DB) {
		s := sample()
		write := func(do func(tx *store.Tx) error) error { return db.Write(t.Context(), do) }
		take := func(name, source, rows string) (f Taken, err error) {
			err = write(func(tx *store.Tx) error {
				f, err = s.Take(tx, Taken{Name: name, Source: source, Account: "acc", Who: "统计"}, []byte("area\tyear\titem\tvalue\tunit\n"+rows))
				return err
			})
			return f, err
		}
		const first = "辽宁\t2020\ta\t1.2\t亿元\n辽宁\t2020\tb\t2.3\t亿元\n辽宁\t2020\tall\t4.5\t亿元\n"
		old, err := take("2021/年鉴.tsv", " 年鉴 2021 表 1 ", first)
		if err != nil || old.Cells != 3 || old.Name != "年鉴.tsv" || old.Source != "年鉴 2021 表 1" {
			t.Fatalf("%+v %v", old, err)
		}
		standing := func() (out []string, failed int) {
			err := db.Read(t.Context(), func(tx *store.Tx) error {
				table, err := Standing(tx, "s")
				for _, c := range table.Cells() {
					out = append(out, c.Item+" "+c.Number.String())
				}
				failed = len(s.Check(table).Findings)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return out, failed
		}
		if got, failed := standing(); strings.Join(got, ",") != "a 1.2,all 4.5,b 2.3" || failed != 1 {
			t.Errorf("%v, %d fail", got, failed)
		}
		for id, bad := range map[string][2]string{"outside.source": {" ", first}, "outside.same": {"再录", first}, "outside.none": {"年鉴", "辽宁\t2020\ta\t…\t亿元\n"}} {
			if _, err := take("年鉴.tsv", bad[0], bad[1]); !refusal.Is(err, id) {
				t.Errorf("%s: %v", id, err)
			}
		}
		mended, err := take("勘误.tsv", "年鉴 2021 勘误", "辽宁\t2020\tall\t3.5\t亿元\n")
		if err != nil {
			t.Fatal(err)
		}
		if got, failed := standing(); strings.Join(got, ",") != "a 1.2,all 3.5,b 2.3" || failed != 0 {
			t.Errorf("%v, %d fail", got, failed)
		}
		if err := db.Read(t.Context(), func(tx *store.Tx) error {
			list, err := Versions(tx, "s", "all", "辽宁")
			if err == nil && (len(list) != 2 || list[0].Table != mended.ID || list[1].V != 45_000 || list[1].File != "年鉴.tsv" || list[1].Line != 4) {
				t.Errorf("versions %+v", list)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := write(func(tx *store.Tx) error { _, err := Withdraw(tx, mended.ID, " "); return err }); !refusal.Is(err, "outside.reason") {
			t.Errorf("withdrawn for nothing: %v", err)
		}
		if err := write(func(tx *store.Tx) error { _, err := Withdraw(tx, mended.ID, "录错了"); return err }); err != nil {
			t.Fatal(err)
		}
		if err := write(func(tx *store.Tx) error { _, err := Withdraw(tx, mended.ID, "再撤"); return err }); !refusal.Is(err, "outside.withdrawn") {
			t.Errorf("withdrawn twice: %v", err)
		}
		if got, _ := standing(); strings.Join(got, ",") != "a 1.2,all 4.5,b 2.3" {
			t.Errorf("%v", got)
		}
	})
}

// TestBeside brings a printed number into the unit of a figure, and tells a contradiction from rounding.
func TestBeside(t *testing.T) {
	for _, c := range []struct {
		text, printed, unit string
		want, half          int64
		ok                  bool
	}{
		{"469.19", "亿元", "元", 4_691_900_000_000, 50_000_000, true},
		{"12890739", "万元", "元", 12_890_739_000_000, 500_000, true},
		{"37.19", "%", "%", 371_900, 50, true},
		{"1710", "个", "项", 1710, 1, true},
		{"1710", "个", "元", 0, 0, false},
		{"5", "亿元", "项", 0, 0, false},
	} {
		n, _ := ParseNumber(c.text)
		if v, ok := n.In(c.printed, c.unit); v != c.want || ok != c.ok || ok && n.Half(c.printed, c.unit) != c.half {
			t.Errorf("%s %s in %s: %d %v, half %d", c.text, c.printed, c.unit, v, ok, n.Half(c.printed, c.unit))
		}
	}
	if !Equal.Fits(100, 5, 104) || Equal.Fits(100, 5, 106) || !Part.Fits(100, 5, 3) || Part.Fits(100, 5, 106) {
		t.Error("what goes together")
	}
}
