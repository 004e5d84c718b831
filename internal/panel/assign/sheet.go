package assign

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"kechuang/internal/panel/sealed"
	"kechuang/internal/share"
)

// Sheet is an assignment with all that it depends on, so that anybody can check it: a file of JSON whose last line is its digest.
type Sheet struct {
	Version   int         `json:"version"`
	Objective string      `json:"objective"` // total, fair or random
	Cap       share.PPM   `json:"cap,omitempty"`
	Seed      string      `json:"seed,omitempty"` // of random, hexadecimal
	Experts   []Named     `json:"experts"`
	Proposals []Wanting   `json:"proposals"`
	Scores    []Score     `json:"scores"` // in units of 10⁻¹¹; of expert e for proposal p at e×proposals+p; -1 where the pair is barred
	UnitMost  int         `json:"unitMost,omitempty"`
	Mix       []Mix       `json:"mix,omitempty"`
	Pins      []Pair      `json:"pins,omitempty"`
	Forbids   []Pair      `json:"forbids,omitempty"`
	Pairs     []Pair      `json:"pairs"`
	Total     Score       `json:"total"`
	Worst     Score       `json:"worst"`
	Bound     Score       `json:"bound"`
	Prices    []int64     `json:"prices,omitempty"` // by which the bound follows
	Costs     []SheetCost `json:"costs,omitempty"`
}

// Named is an expert of a sheet.
type Named struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Unit  string `json:"unit,omitempty"`
	Kind  string `json:"kind,omitempty"`
	Least int    `json:"least,omitempty"`
	Most  int    `json:"most"`
}

// Wanting is a proposal of a sheet.
type Wanting struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Needs int    `json:"needs"`
}

// SheetCost is what a wish or a limit costs.
type SheetCost struct {
	What  string `json:"what"`
	Pair  *Pair  `json:"pair,omitempty"`
	Kind  string `json:"kind,omitempty"`
	Costs Score  `json:"costs"`
}

// NewSheet writes a problem and its plan down.
func NewSheet(p *Problem, objective string, a *Plan) *Sheet {
	s := &Sheet{Version: 1, Objective: objective, UnitMost: p.UnitMost, Mix: p.Mix, Pins: p.Pins, Forbids: p.Forbids, Scores: slices.Clone(p.Scores),
		Pairs: a.Pairs, Total: a.Total, Worst: a.Worst, Bound: a.Bound, Prices: a.Prices}
	for _, x := range p.Experts {
		s.Experts = append(s.Experts, Named{Name: x.Name, Unit: x.Unit, Kind: x.Kind, Least: x.Least, Most: x.Most})
	}
	for _, x := range p.Proposals {
		s.Proposals = append(s.Proposals, Wanting{Name: x.Name, Needs: x.Needs})
	}
	for i, b := range p.Barred {
		if b {
			s.Scores[i] = -1
		}
	}
	return s
}

// Problem is the problem again.
func (s *Sheet) Problem() *Problem {
	p := &Problem{UnitMost: s.UnitMost, Mix: s.Mix, Pins: s.Pins, Forbids: s.Forbids, Scores: slices.Clone(s.Scores), Barred: make([]bool, len(s.Scores))}
	for _, x := range s.Experts {
		p.Experts = append(p.Experts, Expert{Name: x.Name, Unit: x.Unit, Kind: x.Kind, Least: x.Least, Most: x.Most})
	}
	for _, x := range s.Proposals {
		p.Proposals = append(p.Proposals, Proposal{Name: x.Name, Needs: x.Needs})
	}
	for i, x := range s.Scores {
		if x < 0 {
			p.Barred[i], p.Scores[i] = true, 0
		}
	}
	return p
}

// Verify checks the plan against the problem from the beginning: every limit and the sums; that the prices prove the bound; of a lottery,
// that the seed draws this plan.
func (s *Sheet) Verify() error {
	if s.Version != 1 || len(s.Scores) != len(s.Experts)*len(s.Proposals) {
		return fmt.Errorf("assign: a sheet of version %d with %d scores for %d × %d", s.Version, len(s.Scores), len(s.Experts), len(s.Proposals))
	}
	p := s.Problem()
	if s.Objective != "random" {
		return (&Plan{Pairs: s.Pairs, Total: s.Total, Worst: s.Worst, Served: newPlan(p, s.Pairs).Served, Bound: s.Bound, Prices: s.Prices}).Verify(p)
	}
	seed, err := hex.DecodeString(s.Seed)
	if err != nil || len(seed) != 32 {
		return fmt.Errorf("assign: %q is not a seed", s.Seed)
	}
	l, err := Random(p, s.Cap)
	if err != nil {
		return err
	}
	if err := l.Verify(p); err != nil {
		return err
	}
	again := l.Draw(p, [32]byte(seed))
	if !slices.Equal(again.Pairs, s.Pairs) || again.Total != s.Total || again.Worst != s.Worst || s.Bound != l.Bound {
		return errors.New("assign: the seed draws another plan")
	}
	return nil
}

// ErrSheetChanged says that the bytes of a sheet are not those that Encode made.
var ErrSheetChanged = errors.New("assign: the file was changed")

// Encode writes the sheet with its digest as the last line.
func (s *Sheet) Encode() ([]byte, error) {
	body, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	return sealed.Seal(body), nil
}

// DecodeSheet reads what Encode wrote; a changed byte is found.
func DecodeSheet(file []byte) (*Sheet, error) {
	var s Sheet
	if err := sealed.Open(file, &s, s.Encode, ErrSheetChanged); err != nil {
		return nil, err
	}
	return &s, nil
}
