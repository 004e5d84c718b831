package prove

import (
	"slices"
	"strconv"
	"strings"
)

// answer is what the decision procedure knows. It never guesses: where it cannot tell, it says unknown, and the caller must treat
// unknown as the worse of the two.
type answer int

const (
	unsat answer = iota
	sat
	unknown
)

// row is one constraint over whole numbers: the sum of coef[i]·x[i] is at most max.
type row struct {
	coef []int64
	max  int64
}

// feasible decides whether whole numbers x satisfy all rows, and gives such an x. It is the Omega test without splinters:
// Fourier–Motzkin elimination with every row divided by the common divisor of its coefficients and its bound rounded down. An
// elimination is exact when on one side all coefficients are 1, which holds for nearly every rule of a pack; otherwise the dark
// shadow proves sat and the real shadow proves unsat, and between the two it answers unknown.
func feasible(n int, rows []row) (ans answer, x []int64) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(overflow); !ok {
				panic(r)
			}
			ans, x = unknown, nil
		}
	}()
	return eliminate(n, rows, make([]bool, n), 0)
}

type overflow struct{}

const maxRows = 2000

func eliminate(n int, rows []row, gone []bool, depth int) (answer, []int64) {
	rows, ok := tidy(rows)
	if !ok {
		return unsat, nil
	}
	if len(rows) > maxRows {
		return unknown, nil
	}
	v, exact := choose(n, rows, gone)
	if v < 0 {
		return sat, make([]int64, n)
	}
	var lower, upper, rest []row
	for _, r := range rows {
		switch c := r.coef[v]; {
		case c < 0:
			lower = append(lower, r)
		case c > 0:
			upper = append(upper, r)
		default:
			rest = append(rest, r)
		}
	}
	gone = slices.Clone(gone)
	gone[v] = true
	shadows := []bool{false}
	if !exact {
		shadows = []bool{true, false}
	}
	for _, dark := range shadows {
		ans, x := eliminate(n, append(slices.Clone(rest), shadow(lower, upper, v, dark)...), gone, depth+1)
		if ans == sat && (exact || dark) {
			if !place(v, lower, upper, x) {
				return unknown, nil
			}
			return sat, x
		}
		if !dark && ans == unsat {
			return unsat, nil
		}
	}
	return unknown, nil
}

// choose picks the variable whose elimination makes the fewest rows, an exact one if there is any; -1 when none is left.
func choose(n int, rows []row, gone []bool) (best int, exact bool) {
	best = -1
	cost := 0
	for v := range n {
		if gone[v] {
			continue
		}
		lo, up, loUnit, upUnit := 0, 0, true, true
		for _, r := range rows {
			if c := r.coef[v]; c < 0 {
				lo++
				loUnit = loUnit && c == -1
			} else if c > 0 {
				up++
				upUnit = upUnit && c == 1
			}
		}
		if lo+up == 0 {
			continue
		}
		isExact := loUnit || upUnit
		if best < 0 || isExact && !exact || isExact == exact && lo*up < cost {
			best, exact, cost = v, isExact, lo*up
		}
	}
	return best, exact
}

// shadow combines every lower bound of x[v] with every upper bound. The dark shadow leaves room for a whole number between them.
func shadow(lower, upper []row, v int, dark bool) []row {
	out := make([]row, 0, len(lower)*len(upper))
	for _, l := range lower {
		for _, u := range upper {
			a, c := -l.coef[v], u.coef[v]
			r := row{coef: make([]int64, len(l.coef)), max: add(mul(c, l.max), mul(a, u.max))}
			for i := range r.coef {
				r.coef[i] = add(mul(c, l.coef[i]), mul(a, u.coef[i]))
			}
			if dark {
				r.max = add(r.max, -mul(a-1, c-1))
			}
			out = append(out, r)
		}
	}
	return out
}

// place gives x[v] a whole number between its bounds at the other values: the lowest, which reads best in a counterexample.
func place(v int, lower, upper []row, x []int64) bool {
	x[v] = 0
	var lo, up *int64
	for _, r := range lower { // −a·x ≤ max − rest
		b := -floorDiv(add(r.max, -dot(r.coef, x)), -r.coef[v])
		if lo == nil || b > *lo {
			lo = &b
		}
	}
	for _, r := range upper {
		b := floorDiv(add(r.max, -dot(r.coef, x)), r.coef[v])
		if up == nil || b < *up {
			up = &b
		}
	}
	switch {
	case lo != nil && up != nil && *lo > *up:
		return false
	case lo != nil:
		x[v] = *lo
	case up != nil && *up < 0:
		x[v] = *up
	}
	return true
}

// tidy divides rows by the common divisor of their coefficients, rounds bounds down, drops what is weaker than another row, and
// tells whether a contradiction shows already.
func tidy(rows []row) ([]row, bool) {
	best := map[string]int{}
	var out []row
	for _, r := range rows {
		g := int64(0)
		for _, c := range r.coef {
			g = gcd(g, c)
		}
		if g == 0 {
			if r.max < 0 {
				return nil, false
			}
			continue
		}
		t := row{coef: make([]int64, len(r.coef)), max: floorDiv(r.max, g)}
		for i, c := range r.coef {
			t.coef[i] = c / g
		}
		k := key(t.coef, 1)
		if i, seen := best[k]; seen {
			out[i].max = min(out[i].max, t.max)
			continue
		}
		best[k] = len(out)
		out = append(out, t)
	}
	for _, r := range out {
		if i, seen := best[key(r.coef, -1)]; seen && add(r.max, out[i].max) < 0 {
			return nil, false
		}
	}
	return out, true
}

func key(coef []int64, sign int64) string {
	var b strings.Builder
	for _, c := range coef {
		b.WriteString(strconv.FormatInt(sign*c, 36))
		b.WriteByte(',')
	}
	return b.String()
}

func dot(coef, x []int64) (s int64) {
	for i, c := range coef {
		s = add(s, mul(c, x[i]))
	}
	return s
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 {
		return -a
	}
	return a
}

func floorDiv(a, b int64) int64 { // b > 0
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func add(a, b int64) int64 {
	s := a + b
	if (b > 0 && s < a) || (b < 0 && s > a) {
		panic(overflow{})
	}
	return s
}

func mul(a, b int64) int64 {
	p := a * b
	if a != 0 && (p/a != b || a == -1 && b == -1<<63) {
		panic(overflow{})
	}
	return p
}
