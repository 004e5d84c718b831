package zeroone

import (
	"fmt"
	"math"
)

// None is a limit that does not limit: Lo: -None or Hi: None.
const None = math.MaxInt64

// most is the largest sum of absolute values or coefficients that a problem may have, so that sums never overflow.
const most = 1 << 58

// Row is one limit: Lo ≤ Σ Coef[k]·x[Items[k]] ≤ Hi. An item stands in a row at most once.
type Row struct {
	Lo, Hi int64
	Items  []int32
	Coef   []int64
}

// Problem asks for the choice x ∈ {0,1}ⁿ of the greatest Σ Values[j]·x[j] that keeps within every row.
type Problem struct {
	Values []int64
	Rows   []Row
}

// Check says what is wrong with a problem as data: an index out of range, an item twice in a row, sums beyond 2⁵⁸.
func (p *Problem) Check() error {
	if err := checkSum(p.Values); err != nil {
		return fmt.Errorf("zeroone: the values %w", err)
	}
	seen := make([]int, len(p.Values))
	for i, r := range p.Rows {
		if len(r.Items) != len(r.Coef) {
			return fmt.Errorf("zeroone: row %d has %d items and %d coefficients", i, len(r.Items), len(r.Coef))
		}
		if err := checkSum(r.Coef); err != nil {
			return fmt.Errorf("zeroone: the coefficients of row %d %w", i, err)
		}
		for _, j := range r.Items {
			if j < 0 || int(j) >= len(p.Values) {
				return fmt.Errorf("zeroone: row %d names item %d of %d", i, j, len(p.Values))
			}
			if seen[j] == i+1 {
				return fmt.Errorf("zeroone: row %d names item %d twice", i, j)
			}
			seen[j] = i + 1
		}
	}
	return nil
}

func checkSum(list []int64) error {
	sum := int64(0)
	for _, v := range list {
		if v == math.MinInt64 || abs(v) > most-sum {
			return fmt.Errorf("sum to more than 2⁵⁸ in absolute value")
		}
		sum += abs(v)
	}
	return nil
}

// Value is the sum of the chosen items' values.
func (p *Problem) Value(x []bool) int64 {
	sum := int64(0)
	for j, in := range x {
		if in {
			sum += p.Values[j]
		}
	}
	return sum
}

// Broken is the first row that the choice breaks, or -1.
func (p *Problem) Broken(x []bool) int {
	for i := range p.Rows {
		if a := p.Rows[i].Activity(x); a < p.Rows[i].Lo || a > p.Rows[i].Hi {
			return i
		}
	}
	return -1
}

// Activity is Σ Coef·x of the row.
func (r *Row) Activity(x []bool) int64 {
	sum := int64(0)
	for k, j := range r.Items {
		if x[j] {
			sum += r.Coef[k]
		}
	}
	return sum
}

func abs(v int64) int64 {
	if v < 0 {
		return -v
	}
	return v
}

func gcd(a, b int64) int64 {
	a, b = abs(a), abs(b)
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// floorDiv and ceilDiv divide by a positive number, rounding down and up.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func ceilDiv(a, b int64) int64 { return -floorDiv(-a, b) }
