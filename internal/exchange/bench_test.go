package exchange

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"kechuang/internal/casework"
	"kechuang/internal/journal"
	"kechuang/internal/lang"
	"kechuang/internal/match/sample"
	"kechuang/internal/register"
	"kechuang/internal/store"
	"kechuang/internal/store/storetest"
)

// openCity serves the feed of a register with so many open records.
func openCity(b *testing.B, records int) *httptest.Server {
	db := storetest.Open(b, storetest.URL(b, store.SQLite), register.Migrations)
	reg := register.New(db, nil)
	text := func(name string) register.RecordField {
		return register.RecordField{Name: name, Title: lang.T(name, name), Type: "text", Public: true, Max: 4000}
	}
	reg.RegisterKinds([]register.RecordKind{{Name: "achievement", Title: lang.T("成果", "Achievement"), Called: "title", Public: true, Fields: []register.RecordField{text("title"), text("text")}}})
	for at := 0; at < records; at += 1000 {
		err := db.Write(b.Context(), func(tx *store.Tx) error {
			for i := at; i < min(at+1000, records); i++ {
				r := sample.Record(i)
				values := register.Values{}
				for name, v := range map[string]string{"title": fmt.Sprint(r.Title, i), "text": r.Text} {
					values[name], _ = json.Marshal(v) // a string
				}
				if _, err := reg.EnterRecord(tx, reg.Kind("achievement"), register.Source{Who: "x", From: register.FromPage, Verified: true}, "", values); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	key, _, err := journal.NewKey("fushun")
	if err != nil {
		b.Fatal(err)
	}
	feed := &Feed{DB: db, Register: reg, City: OpenCity{ID: "fushun", Title: lang.T("抚顺市", "Fushun"), Key: key.Verifier()}, Sign: journal.New(nil, key).Sign,
		Calls: func(context.Context, casework.HallQuery) ([]casework.HallItem, string, error) { return nil, "", nil }}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var v any
		var err error
		switch r.URL.Path {
		case aboutPath:
			v = feed.About()
		case callsPath:
			v, err = feed.OpenCalls(r.Context())
		default:
			v, err = feed.Records(r.Context(), r.URL.Query().Get("from"), 200)
		}
		body, failed := json.Marshal(v)
		if err != nil || failed != nil {
			http.Error(w, fmt.Sprint(err, failed), http.StatusInternalServerError)
			return
		}
		w.Header().Set("ETag", Tag(body))
		if r.Header.Get("If-None-Match") == Tag(body) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Write(body)
	}))
	b.Cleanup(server.Close)
	return server
}

// BenchmarkHarvest reads a city's whole feed, signed pages of 200 records, into an empty database; then again, when nothing changed.
func BenchmarkHarvest(b *testing.B) {
	for _, records := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(records), func(b *testing.B) {
			city := openCity(b, records)
			for b.Loop() {
				b.StopTimer()
				h := &Harvester{DB: storetest.Open(b, storetest.URL(b, store.SQLite), Migrations), Now: time.Now}
				b.StartTimer()
				at := time.Now()
				r, err := h.Harvest(b.Context(), city.URL)
				if err != nil || r.New != records {
					b.Fatal(r, err)
				}
				b.ReportMetric(float64(records)/time.Since(at).Seconds(), "records/s")
				at = time.Now()
				if r, err = h.Harvest(b.Context(), city.URL); err != nil || r.New+r.Changed+r.Gone > 0 {
					b.Fatal(r, err)
				}
				b.ReportMetric(time.Since(at).Seconds()*1000, "again-ms")
			}
		})
	}
}
