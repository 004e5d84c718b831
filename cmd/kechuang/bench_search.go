package main

import (
	"fmt"
	"runtime"
	"slices"
	"time"

	"kechuang/internal/match/index"
	"kechuang/internal/match/sample"
)

type benchSearchCommand struct {
	Sizes   []int `default:"10000,100000,1000000" help:"Records."`
	Queries int   `default:"1000" help:"Queries at each size."`
}

// Run measures the index alone as records grow: time, memory, queries, and how soon a change is seen.
func (c *benchSearchCommand) Run(e *env) error {
	machine(e)
	for _, n := range c.Sizes {
		before := heap()
		x := index.New(index.Field{Name: "title", Weight: 3}, index.Field{Name: "text", Weight: 1}, index.Field{Name: "kind", Facet: true}, index.Field{Name: "district", Facet: true})
		began := time.Now()
		for i := range n {
			r := sample.Record(i)
			x.Put(r.ID, []string{r.Title, r.Text, r.Kind, r.District})
		}
		built := time.Since(began)
		made := time.Now()
		for i := range n {
			sample.Record(i)
		}
		built -= time.Since(made) // making the records up is not indexing
		x.Compact()
		bytes := float64(heap()-before) / float64(n)
		fmt.Fprintf(e.out, "search %8d records: indexed in %v (%.0f/s), %.0f bytes a record\n", n, built.Round(time.Millisecond), float64(n)/built.Seconds(), bytes)
		found := 0
		c.ask(e, n, "every word", func(i int) { found += x.Search(index.Query{Words: sample.Query(i)}, 10).Total })
		c.ask(e, n, "every word, one kind", func(i int) {
			found += x.Search(index.Query{Words: sample.Query(i), Facets: map[string]string{"kind": "平台"}}, 10).Total
		})
		c.ask(e, n, "like a title", func(i int) { found += len(x.Search(index.Query{Like: sample.Record(i * 7 % n).Title}, 10).Hits) })
		c.ask(e, n, "change, then see it", func(i int) {
			x.Put("new", []string{fmt.Sprintf("变更编号x%dy", i), "", "平台", "浑南"})
			if x.Search(index.Query{Words: []string{fmt.Sprintf("x%dy", i)}}, 1).Total != 1 {
				panic("a change was not seen by the next search")
			}
		})
		runtime.KeepAlive(x)
	}
	return nil
}

func (c *benchSearchCommand) ask(e *env, n int, what string, do func(i int)) {
	var took []time.Duration
	cpu := cpuSeconds()
	for i := range c.Queries {
		began := time.Now()
		do(i)
		took = append(took, time.Since(began))
	}
	cpu = (cpuSeconds() - cpu) / float64(c.Queries) * 1000
	slices.Sort(took)
	fmt.Fprintf(e.out, "search %8d records: %-22s p50 %v, p99 %v, %.2f ms of processor time each\n", n, what, took[len(took)/2], took[len(took)*99/100], cpu)
}

// heap is the memory that is in use, garbage collected.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
