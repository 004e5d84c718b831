package prove

import (
	"maps"
	"slices"

	"kechuang/internal/policy"
)

// effectSeats are the seats whose holders an effect needs. Telling an empty seat something is no error.
func effectSeats(e policy.Effect) []string {
	switch e := e.(type) {
	case policy.Spoken:
		return e.Needs()
	case policy.Pay:
		return []string{e.To}
	case policy.Claim:
		return []string{e.From}
	case policy.Collect:
		return []string{e.From}
	case policy.Forgive:
		return []string{e.From}
	case policy.Open:
		if e.Seat != "" {
			return []string{e.Seat}
		}
	case policy.Enter:
		return slices.Sorted(maps.Values(e.Set.Seats))
	case policy.Update:
		return slices.Sorted(maps.Values(e.Set.Seats))
	case policy.Start:
		return slices.Sorted(maps.Values(e.Seats))
	}
	return nil
}

// effectThings are the things that an effect needs to be there.
func effectThings(e policy.Effect) []string {
	switch e := e.(type) {
	case policy.Update:
		return []string{e.Thing}
	case policy.Retire:
		return []string{e.Thing}
	case policy.SeatHolder:
		if e.Thing != "" {
			return []string{e.Thing}
		}
	}
	return nil
}

// effectSources are the other seats an effect speaks of: whom it fills a seat from, whom it draws, whom it tells.
func effectSources(e policy.Effect) []string {
	switch e := e.(type) {
	case policy.SeatHolder:
		return []string{e.Seat, e.From}
	case policy.Choose:
		return []string{e.Seat, e.From}
	case policy.Draw:
		return []string{e.Seat, e.As}
	case policy.Open:
		return []string{e.As}
	case policy.Notify:
		return e.Seats
	}
	return nil
}

// effectExprs are the expressions an effect reads in the record that acts.
func effectExprs(e policy.Effect) []*policy.Expr {
	switch e := e.(type) {
	case policy.Spoken:
		return e.Reads()
	case policy.Hold:
		return []*policy.Expr{e.Amount}
	case policy.Pay:
		return []*policy.Expr{e.Amount}
	case policy.Claim:
		return []*policy.Expr{e.Amount, e.Interest}
	case policy.Collect:
		return []*policy.Expr{e.Amount}
	case policy.Open:
		if e.Pairs != nil {
			return []*policy.Expr{e.Pairs.Least}
		}
	case policy.Draw:
		return e.Reads()
	case policy.Choose:
		return append([]*policy.Expr{e.By, e.Count}, e.Ties...)
	case policy.NoteFact:
		return append([]*policy.Expr{e.Amount, e.On}, sorted(e.Dims)...)
	case policy.Enter:
		return sorted(e.Set.Fields)
	case policy.Update:
		return sorted(e.Set.Fields)
	case policy.Start:
		var out []*policy.Expr
		for _, form := range slices.Sorted(maps.Keys(e.Fill)) {
			out = append(out, sorted(e.Fill[form])...)
		}
		return out
	}
	return nil
}

func sorted(m map[string]*policy.Expr) []*policy.Expr {
	var out []*policy.Expr
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, m[k])
	}
	return out
}

func effectPos(e policy.Effect) policy.Pos {
	switch e := e.(type) {
	case policy.Spoken:
		return e.Where()
	case policy.Hold:
		return e.Pos
	case policy.Pay:
		return e.Pos
	case policy.Release:
		return e.Pos
	case policy.Claim:
		return e.Pos
	case policy.Collect:
		return e.Pos
	case policy.Forgive:
		return e.Pos
	case policy.Open:
		return e.Pos
	case policy.Draw:
		return e.Pos
	case policy.Choose:
		return e.Pos
	case policy.SeatHolder:
		return e.Pos
	case policy.Enter:
		return e.Pos
	case policy.Update:
		return e.Pos
	case policy.Retire:
		return e.Pos
	case policy.Start:
		return e.Pos
	}
	return policy.Pos{}
}

// effectKind is the name by which a before rule speaks of an effect.
func effectKind(e policy.Effect) string {
	switch e := e.(type) {
	case policy.Deed:
		return e.Word
	case policy.Split:
		return "split"
	case policy.Fees:
		return "fees"
	case policy.Hold:
		return "hold"
	case policy.Pay:
		return "pay"
	case policy.Release:
		return "release"
	}
	return ""
}

// empties tells whether an effect leaves a seat without holder.
func empties(e policy.Effect, f fact) bool {
	v, ok := e.(policy.Vacate)
	return ok && slices.Contains(f.seats, v.Seat)
}
