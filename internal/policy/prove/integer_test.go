package prove

import (
	"testing"

	"pgregory.net/rapid"
)

// TestFeasibleAgainstBruteForce compares the decision procedure with trying every point of a box. Within the box the procedure may
// say that it does not know, but never the wrong thing.
func TestFeasibleAgainstBruteForce(t *testing.T) {
	t.Parallel()
	decided, asked := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		const n, side = 3, 7
		var rows []row
		for i := range n { // the box −side … side
			lo, up := make([]int64, n), make([]int64, n)
			lo[i], up[i] = -1, 1
			rows = append(rows, row{lo, side}, row{up, side})
		}
		for range rapid.IntRange(1, 5).Draw(t, "rows") {
			c := rapid.SliceOfN(rapid.Int64Range(-4, 4), n, n).Draw(t, "coef")
			rows = append(rows, row{c, rapid.Int64Range(-12, 12).Draw(t, "max")})
		}
		want := unsat
		for x := int64(-side); x <= side; x++ {
			for y := int64(-side); y <= side; y++ {
				for z := int64(-side); z <= side; z++ {
					if holds(rows, []int64{x, y, z}) {
						want = sat
					}
				}
			}
		}
		got, x := feasible(n, rows)
		asked++
		if got == unknown {
			return
		}
		decided++
		if got != want {
			t.Fatalf("got %v, want %v for %v", got, want, rows)
		}
		if got == sat && !holds(rows, x) {
			t.Fatalf("%v does not satisfy %v", x, rows)
		}
	})
	if decided*10 < asked*8 {
		t.Errorf("only %d of %d were decided", decided, asked)
	}
}

func holds(rows []row, x []int64) bool {
	for _, r := range rows {
		if dot(r.coef, x) > r.max {
			return false
		}
	}
	return true
}

func TestFeasibleKnowsItsLimits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rows []row
		want answer
	}{
		"nothing asked":              {nil, sat},
		"parity: 2x = 1":             {[]row{{[]int64{2}, 1}, {[]int64{-2}, -1}}, unsat},
		"3 <= 2x <= 3":               {[]row{{[]int64{-2}, -3}, {[]int64{2}, 3}}, unsat},
		"overflow is not an answer":  {[]row{{[]int64{1 << 62, 3}, 1 << 62}, {[]int64{-(1 << 61), -5}, -(1 << 62)}, {[]int64{3, 7}, 1 << 62}}, unknown},
		"a contradiction of numbers": {[]row{{[]int64{0}, -1}}, unsat},
	} {
		t.Run(name, func(t *testing.T) {
			n := 1
			if len(c.rows) > 0 {
				n = len(c.rows[0].coef)
			}
			if got, _ := feasible(n, c.rows); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
