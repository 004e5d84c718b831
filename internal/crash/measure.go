package crash

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"kechuang/internal/ledger"
	"kechuang/internal/store"
)

// Speed is how fast steps went.
type Speed struct {
	Steps       int           `json:"steps"`
	PerSecond   float64       `json:"per_second"`
	RunsPerStep float64       `json:"runs_per_step"` // above 1: conflicts
	Median      time.Duration `json:"median"`
	P99         time.Duration `json:"p99"`
}

// Measure plays steps as Work does, with nobody killed, over that many funds.
func Measure(ctx context.Context, url string, clients, funds, steps int) (s Speed, err error) {
	if err := giveKey(); err != nil {
		return s, err
	}
	db, j, err := open(ctx, url)
	if err != nil {
		return s, err
	}
	defer db.Close()
	book := ledger.New()
	sealing, stop := context.WithCancel(ctx)
	defer stop()
	go j.Run(sealing, time.Second, func(error) {})
	var next, runs atomic.Int64
	var mu sync.Mutex // guards took and err
	took := make([]time.Duration, 0, steps)
	var wg sync.WaitGroup
	start := time.Now()
	for c := range clients {
		wg.Go(func() {
			for k := 0; ; k++ {
				prev, digest := "", ""
				for n := range script {
					if next.Add(1) > int64(steps) {
						return
					}
					began := time.Now()
					e := db.Write(ctx, func(tx *store.Tx) (err error) {
						runs.Add(1)
						digest, err = step(tx, book, j, fmt.Sprintf("case_%d_%d_%d", start.UnixNano(), c, k), fmt.Sprintf("crash%d", c%funds), n, prev)
						return err
					})
					prev = digest
					mu.Lock()
					took = append(took, time.Since(began))
					if e != nil {
						err = e
					}
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	elapsed := time.Since(start)
	slices.Sort(took)
	return Speed{Steps: len(took), PerSecond: float64(len(took)) / elapsed.Seconds(), RunsPerStep: float64(runs.Load()) / float64(len(took)),
		Median: took[len(took)/2], P99: took[len(took)*99/100]}, err
}
