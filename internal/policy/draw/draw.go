// Package draw makes a picture of a mechanism from its definition, so that the picture is never out of date.
//
//	svg := draw.SVG(mech, "", lang.ZH, "judging")   // the case's machine, with the state judging marked
//	svg := draw.SVG(mech, "bids", lang.EN, "")      // the machine of a part
//	svg := draw.SVG(mech, draw.Everything, lang.ZH, "")
//
// A state is a card. Its rows are what can happen there: who acts (the chip), what they do, and, after a clock, the deadline. A row
// that leads on to the next card has a line from the foot of its card; one that skips cards runs down at the right; one that goes
// back runs up at the left; and one that ends the case ends in the row itself, green where the purpose was reached. Deadlines are
// dashed. Colours are CSS variables with a light and a dark set, and every card carries its full text as a title.
package draw

import (
	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

// Everything draws the case and, beneath it, all its parts.
const Everything = "*"

// SVG draws one machine of a mechanism — "" is the case, Everything all of them — with a state marked where one is named. A machine
// that does not exist gives an empty picture, never an error.
func SVG(m *policy.Mechanism, machine string, l lang.Tag, highlight string) []byte {
	var sheets []*sheet
	add := func(mach *policy.Machine, mark string) {
		if mach != nil && len(mach.States) > 0 {
			sheets = append(sheets, layOut(m, mach, l, mark))
		}
	}
	if machine != Everything {
		add(m.Machine(machine), highlight)
		return render(m, sheets, l)
	}
	add(m.Case, highlight)
	for _, p := range m.Parts {
		add(p, "")
	}
	return render(m, sheets, l)
}

// sheet is one machine with everything placed.
type sheet struct {
	machine *policy.Machine
	heading string
	cards   []*card
	byState map[string]*card
	layers  [][]*card
	wires   []*wire
	ends    []pill
	width   float64
	height  float64
}

// card is a state that is not an end.
type card struct {
	state      *policy.State
	title      string
	full       string
	marked     bool
	public     string // the word for public, "" where it is not
	rows       []*row
	leads      []*wire
	layer      int
	x, y, w, h float64
}

// row is one line of a card.
type row struct {
	chip  string // who acts
	text  string
	clock bool
	sub   bool // a further branch of the row above
	// carried rows are brought about by an act of the case or of another part
	carried bool
	to      *policy.State
	aim     string // where it leads, in words
	y       float64
}

// wire is a line from a row, or from the foot of a card, to another card.
type wire struct {
	from, to *card
	row      *row
	dashed   bool
	kind     wireKind
	points   []point
}

type wireKind int

const (
	next wireKind = iota // to the layer below
	skip                 // further down
	back                 // up
)

type point struct{ x, y float64 }

// pill is an end.
type pill struct {
	text   string
	good   bool
	marked bool
	x, y   float64
	w      float64
}
