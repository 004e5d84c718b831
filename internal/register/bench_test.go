package register_test

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// bigBook is a workbook of n enterprises with ten filled columns, as a bureau would send it; some rows are wrong.
func bigBook(b testing.TB, n, wrong int) []byte {
	b.Helper()
	f := excelize.NewFile()
	defer f.Close()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	rows := [][]any{{"主体类型", "名称", "统一社会信用代码", "所在区县", "别名", "法定代表人", "地址", "联系人", "联系电话", "上年度营业收入(万元)"}}
	for i := range n {
		district := shenyang[i%len(shenyang)].Name
		if wrong > 0 && i%(n/wrong) == 7 {
			district = "没有的区"
		}
		rows = append(rows, []any{"企业", cityName(i), code(i), district, fmt.Sprint("简称", i), "李示例", fmt.Sprint("创新路 ", i, " 号"), "王示例", "024-00000000", i})
	}
	for i, r := range rows {
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := w.SetRow(at, r); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	return bytesOf(b, f)
}

// cityName is a made-up name like those of a register: a place, a word of its own, a trade, a form.
func cityName(i int) string {
	own := []rune("华鑫瑞宏盛德恒泰新远东方中科创智联航达通腾飞龙源")
	trade := []string{"波纹管", "密封件", "数控机床", "工业软件", "生物医药", "机器人", "新材料", "通用机械", "电气", "环保科技"}
	form := []string{"有限公司", "股份有限公司", "有限责任公司", "研究院", "科技发展有限公司"}
	return "沈阳" + string(own[i%len(own)]) + string(own[i/len(own)%len(own)]) + string(own[i/997%len(own)]) + trade[i%len(trade)] + form[i/7%len(form)]
}

const (
	benchRows  = 100_000
	benchWrong = 50
)

// BenchmarkImport is one file of 100 000 rows, 50 of them wrong, through every door: taken in, checked, marked, written, found.
func BenchmarkImport(b *testing.B) {
	for _, dialect := range []store.Dialect{store.SQLite, store.Postgres} {
		b.Run(string(dialect), func(b *testing.B) {
			data := bigBook(b, benchRows, benchWrong)
			for b.Loop() {
				b.StopTimer()
				w := newWorld(b, storetest.Open(b, storetest.URL(b, dialect), register.Migrations))
				w.db.SetClock(nil)
				b.StartTimer()
				at := time.Now()
				lap := func(what string) { b.ReportMetric(time.Since(at).Seconds(), what+"-s"); at = time.Now() }
				imp, err := w.NewImport(w.ctx, keeper, register.PartySheet, "x.xlsx", data)
				w.must(err)
				lap("take")
				w.must(w.RunImport(w.ctx, imp.ID))
				lap("check")
				var marked bytes.Buffer
				w.must(w.Marked(w.ctx, keeper, imp.ID, &marked))
				lap("mark")
				w.must(w.ConfirmImport(w.ctx, keeper, imp.ID, register.Confirmation{SkipBad: true}))
				w.must(w.RunImport(w.ctx, imp.ID))
				lap("write")
				if imp = w.state(imp.ID); imp.Written != benchRows-benchWrong {
					b.Fatalf("%+v %v", imp, w.said(imp))
				}
				w.search("波纹管")
				lap("index")
				var out bytes.Buffer
				w.must(w.Export(w.ctx, keeper, register.PartySheet, "", register.XLSX, &out))
				lap("export")
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				b.ReportMetric(float64(m.Sys>>20), "MB")
			}
		})
	}
}

const benchParties = 100_000

// BenchmarkSearch asks an index of 100 000 parties.
func BenchmarkSearch(b *testing.B) {
	db := storetest.Open(b, storetest.URL(b, store.SQLite), register.Migrations)
	w := newWorld(b, db)
	w.db.SetClock(nil)
	for i := 0; i < benchParties; i += 2000 {
		w.must(db.Write(context.Background(), func(tx *store.Tx) error {
			for j := range 2000 {
				if _, err := w.Put(tx, keeper, firm(i+j, cityName(i+j))); err != nil {
					return err
				}
			}
			return nil
		}))
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	at := time.Now()
	w.search("波纹")
	built := time.Since(at).Seconds()
	runtime.GC()
	runtime.ReadMemStats(&after)
	for _, q := range []string{"波纹", "沈阳", "公司", "华鑫瑞波纹管", code(4711), "数控 东方", "沈阳的数控机床公司", "没有这样的"} {
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				w.search(q)
			}
			b.ReportMetric(built, "build-s")
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "index-MB")
		})
	}
}

// BenchmarkConflicts asks of 1000 experts whether they are too close to five parties, as a draw does.
func BenchmarkConflicts(b *testing.B) {
	for _, dialect := range []store.Dialect{store.SQLite, store.Postgres} {
		b.Run(string(dialect), func(b *testing.B) {
			w := newWorld(b, storetest.Open(b, storetest.URL(b, dialect), register.Migrations))
			var experts, parties []string
			for i := range 50 {
				uni := w.mustPut(firm(i, fmt.Sprint("大学", i)))
				if i < 5 {
					parties = append(parties, uni.ID)
				}
				w.must(w.db.Write(w.ctx, func(tx *store.Tx) error {
					for j := range 20 {
						p, err := w.Put(tx, keeper, register.Party{Kind: register.Person, Name: fmt.Sprint("专家", i, "-", j), Employer: uni.ID, Expert: true, Expertise: []string{"密封"}})
						if err != nil {
							return err
						}
						experts = append(experts, p.ID)
					}
					return nil
				}))
			}
			for b.Loop() {
				w.must(w.db.Read(w.ctx, func(tx *store.Tx) error {
					found, err := w.Conflicts(tx, experts, parties)
					if err == nil && len(found) != 100 {
						b.Fatal(len(found))
					}
					return err
				}))
			}
		})
	}
}
