// Package share is parts of a whole in parts per million, and the one way to split an amount so that its parts sum to it.
//
//	share.Split(1_000_000_01, []share.PPM{900_000, 100_000}) // [90_000_001, 10_000_000]
package share

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"golang.org/x/text/width"
)

// PPM is a share in parts per million; Whole is all of it.
type PPM int64

// Whole is 100 %.
const Whole PPM = 1_000_000

// String writes the share as officers do: "90.0000 %" without needless zeros, so "90 %".
func (p PPM) String() string {
	s := fmt.Sprintf("%d.%04d", p/10_000, abs(p%10_000))
	if p < 0 && p > -10_000 {
		s = "-" + s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") + " %"
}

// Parse reads "90%", "90 %", "0.9" is refused: a share is written in percent with at most four decimals.
func Parse(s string) (PPM, error) {
	t, ok := strings.CutSuffix(strings.TrimSpace(width.Narrow.String(s)), "%")
	t = strings.TrimSpace(t)
	whole, frac, _ := strings.Cut(t, ".")
	if !ok || whole == "" || len(whole) > 9 || len(frac) > 4 || strings.Trim(whole+frac, "0123456789") != "" || strings.HasSuffix(t, ".") {
		return 0, fmt.Errorf("“%s”不是比例，请写成百分数，例如 90%%", s)
	}
	var p PPM
	for _, c := range whole + (frac + "0000")[:4] {
		p = p*10 + PPM(c-'0')
	}
	return p, nil
}

// Of is the share of an amount, rounded towards zero; the amount may be as large as an int64.
func Of(amount int64, p PPM) int64 {
	n := new(big.Int).Mul(big.NewInt(amount), big.NewInt(int64(p)))
	return n.Quo(n, big.NewInt(int64(Whole))).Int64()
}

// Split divides amount by weights with the largest remainder (Hamilton): each part is the weight's exact quota rounded down, and
// the units left over go one each to the largest remainders, the earlier first. The parts always sum to the amount.
// Weights may not be negative and their sum may not be zero. A negative amount is split as its absolute value.
func Split(amount int64, weights []PPM) ([]int64, error) {
	var sum int64
	for _, w := range weights {
		if w < 0 {
			return nil, fmt.Errorf("share: negative weight %d", w)
		}
		sum += int64(w)
	}
	if sum == 0 {
		return nil, fmt.Errorf("share: weights sum to nothing")
	}
	sign := int64(1)
	if amount < 0 {
		sign, amount = -1, -amount
	}
	parts := make([]int64, len(weights))
	rests := make([]*big.Int, len(weights))
	order := make([]int, len(weights))
	left := amount
	for i, w := range weights {
		q, r := new(big.Int).QuoRem(new(big.Int).Mul(big.NewInt(amount), big.NewInt(int64(w))), big.NewInt(sum), new(big.Int))
		parts[i], rests[i], order[i] = q.Int64(), r, i
		left -= parts[i]
	}
	slices.SortStableFunc(order, func(a, b int) int { return rests[b].Cmp(rests[a]) })
	for _, i := range order[:left] {
		parts[i]++
	}
	for i := range parts {
		parts[i] *= sign
	}
	return parts, nil
}

func abs(p PPM) PPM {
	if p < 0 {
		return -p
	}
	return p
}
