package outside

import "math/big"

// Relation says how a published value stands to a figure of ours.
type Relation string

// The relations.
const (
	Equal Relation = "same" // it counts the same: another value is a contradiction
	Part  Relation = "part" // ours is a part of it: more than it is a contradiction
)

// fen is how many fen one of a unit of money is.
var fen = map[string]int64{"元": 100, "千元": 100_000, "万元": 1_000_000, "百万元": 100_000_000, "亿元": 10_000_000_000}

// In is a published value in the unit of a figure: fen where that is 元, parts per million where it is %, else a number; ok is false where the
// two do not go together. What is printed coarser than a unit of the figure is exact as it stands.
func (n Number) In(printed, figure string) (value int64, ok bool) {
	scale := int64(1)
	switch figure {
	case "元":
		if scale = fen[printed]; scale == 0 {
			return 0, false
		}
	case "%":
		if printed != "%" {
			return 0, false
		}
		scale = 10_000
	default:
		if fen[printed] != 0 || printed == "%" {
			return 0, false
		}
	}
	v := new(big.Int).Mul(big.NewInt(n.V), big.NewInt(scale))
	v.Add(v, big.NewInt(5_000))
	v.Div(v, big.NewInt(10_000))
	return v.Int64(), v.IsInt64()
}

// Half is half of the last place that was printed, in the unit of the figure.
func (n Number) Half(printed, figure string) int64 {
	h, _ := Number{V: n.half()}.In(printed, figure)
	return h
}

// Fits tells whether ours goes with what is published, rounding left to it.
func (r Relation) Fits(theirs, half, ours int64) bool {
	if r == Part {
		return ours <= theirs+half
	}
	return ours >= theirs-half && ours <= theirs+half
}
