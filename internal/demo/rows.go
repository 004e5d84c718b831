package demo

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"time"

	"kechuang/internal/caldate"
	"kechuang/internal/money"
	"kechuang/internal/share"
)

// table is the rows of a sheet, by the keys of its columns.
type table struct {
	head []string
	rows [][]string
}

func rowsOf(head ...string) table { return table{head: head} }

func (t *table) add(cells ...string) {
	if len(cells) != len(t.head) {
		panic(fmt.Sprintf("demo: %d cells under %d headings: %v", len(cells), len(t.head), cells))
	}
	t.rows = append(t.rows, cells)
}

func (t table) csv() ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(t.head); err != nil {
		return nil, err
	}
	if err := w.WriteAll(t.rows); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// dice is seeded by what it is for, so that one list does not change with another.
type dice struct{ *rand.Rand }

func diceFor(what uint64) dice { return dice{rand.New(rand.NewPCG(2025, what))} }

func pick[T any](d dice, list []T) T { return list[d.IntN(len(list))] }

// day is a day of a span, both ends in it.
func (d dice) day(from, to caldate.Date) caldate.Date {
	return from.AddDays(d.IntN(days(from, to) + 1))
}

func days(from, to caldate.Date) int {
	return int(to.Start().Sub(from.Start()) / (24 * time.Hour))
}

// spread divides a sum among n by weights as uneven as such sums are in life (log-normal), to the fen, by the largest remainder.
func (d dice) spread(total money.Fen, n int, sigma float64) []money.Fen {
	weights := make([]share.PPM, n)
	for i := range weights {
		weights[i] = share.PPM(1 + 10_000*math.Exp(sigma*d.NormFloat64()))
	}
	parts, err := share.Split(int64(total), weights)
	if err != nil {
		panic("demo: " + err.Error()) // the weights are positive
	}
	out := make([]money.Fen, n)
	for i, p := range parts {
		out[i] = money.Fen(p)
	}
	return out
}

// yuan writes an amount as a cell names it, to the fen.
func yuan(f money.Fen) string { return fmt.Sprintf("%d.%02d元", f/100, f%100) }

func number(n int) string { return strconv.Itoa(n) }

// codesTo are C01 to C<n>.
func codesTo(letter string, n, width int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprintf("%s%0*d", letter, width, i+1))
	}
	return out
}

var (
	chainCodes    = codesTo("C", 21, 2)
	fieldCodes    = codesTo("F", 8, 1)
	contractCodes = codesTo("T", 11, 2)
	districtCodes = []string{"210102", "210103", "210104", "210105", "210106", "210111", "210112", "210113", "210114", "210115", "210123", "210124", "210181"}
)

// district is one of the city's, the busy ones more often.
func (d dice) district() string {
	if d.IntN(100) < 55 {
		return pick(d, []string{"210112", "210112", "210106", "210113", "210102"})
	}
	return pick(d, districtCodes)
}
