package policy

// Cond is the small typed form of a condition: comparisons of terms with exact constants or other terms, joined by and, or, not.
// Whether two conditions overlap, or a set of them leaves a gap, is decided on it.
type Cond interface{ cond() }

// The conditions.
type (
	// Const is always or never true.
	Const bool
	// Compare holds when Left Op Right does; Right nil means the constant Value, in the type's own whole units (fen, ppm, day
	// numbers, millionths). Op is one of "==", "!=", "<", "<=", ">", ">=".
	Compare struct {
		Left  Term
		Op    string
		Right *Term
		Value int64
	}
	// Is holds when a choice or text term equals one of the values.
	Is struct {
		Term   Term
		Values []string
	}
	// True holds when a flag term is set.
	True struct{ Term Term }
	// Present holds when an optional field is filled.
	Present struct{ Term Term }
	// Not, And and Or join conditions.
	Not struct{ Of Cond }
	And []Cond
	Or  []Cond
	// Opaque does not lower: it is treated as able to be either, and the definition must justify it (opaque: why).
	Opaque struct{ Source, Why string }
)

// Term is something that has a value: a linear sum of paths with whole coefficients, in the type's own units.
type Term struct {
	Type Type
	Sum  map[string]int64 // path → coefficient; "need.own": 1
	Plus int64
}

func (Const) cond()   {}
func (Compare) cond() {}
func (Is) cond()      {}
func (True) cond()    {}
func (Present) cond() {}
func (Not) cond()     {}
func (And) cond()     {}
func (Or) cond()      {}
func (Opaque) cond()  {}
