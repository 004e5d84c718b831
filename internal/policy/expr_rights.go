package policy

import (
	"slices"

	"cel.dev/cel-go/common/ast"

	"kechuang/internal/caldate"
	"kechuang/internal/lang"
	"kechuang/internal/rights"
	"kechuang/internal/share"
)

// rightWords are what can be asked of a thing whose kind has rights, shareWords of one whose kind has shares.
var (
	rightWords = []string{"share", "pledged", "licensed", "vested", "expired"}
	shareWords = []string{"stake", "largest", "shares", "frozen"}
)

// asset is patent.share('title', unit), patent.pledged(), company.stake(institute): how rights and shares stand before the act.
func (c *compiler) asset(t *Thing, word string, args []ast.Expr) *term {
	k := c.ml.pack.Kinds[t.Kind]
	if k == nil {
		c.broken = true
		return nil
	}
	if k.Rights && slices.Contains(rightWords, word) {
		return c.rightWord(t, word, args)
	}
	if k.Shares && slices.Contains(shareWords, word) {
		return c.shareWord(t, word, args)
	}
	known := []string{"filled"}
	if k.Rights {
		known = append(known, rightWords...)
	}
	if k.Shares {
		known = append(known, shareWords...)
	}
	return c.unknown("unknown_function", "对事物的说法", "word for things", word, known)
}

func (c *compiler) rightWord(t *Thing, word string, args []ast.Expr) *term {
	state := func(sc *Scope) (rights.State, caldate.Date, error) {
		s, ok := sc.Snapshot.Rights[sc.ThingID(t.Name)]
		if !ok && sc.ThingID(t.Name) != "" && sc.ThingID(t.Name) != NewThing {
			return s, "", errNotAsked
		}
		s = s.Clone()
		today := caldate.On(sc.Snapshot.Now)
		s.Lapse(today)
		return s, today, nil
	}
	if word != "share" {
		if len(args) > 0 {
			c.wrong("syntax", lang.T(word+"() 不带参数", word+"() takes nothing"), lang.Text{})
			return nil
		}
		return c.ofThing(t, t.Name+"."+word+"()", FlagType, func(sc *Scope) (Value, error) {
			s, today, err := state(sc)
			switch word {
			case "pledged":
				return s.Pledged(), err
			case "licensed":
				return s.Licensed(today), err
			case "expired":
				return s.Expired(today), err
			}
			return s.Vested(), err
		})
	}
	if len(args) != 2 || args[1].Kind() != ast.IdentKind {
		c.wrong("syntax", lang.T("写 "+t.Name+".share('title', 席位)", "write "+t.Name+".share('title', seat)"), lang.Text{})
		return nil
	}
	names, ok := c.words(args[:1])
	if !ok {
		return nil
	}
	right, holder := names[0], args[1].AsIdent()
	if !slices.Contains([]string{"title", "use", "income"}, right) {
		return c.unknown("unknown_right", "权利", "right", right, []string{"title", "use", "income"})
	}
	if findSeat(c.ml.seatsAt(c.at), holder) == nil {
		return c.unknown("unknown_seat", "席位", "seat", holder, c.names())
	}
	return c.ofThing(t, t.Name+".share("+quote(right)+", "+holder+")", ShareType, func(sc *Scope) (Value, error) {
		s, _, err := state(sc)
		var sum share.PPM
		for _, h := range sc.holders(holder) {
			sum += s.Share(rights.Right(right), h.Party)
		}
		return sum, err
	})
}

func (c *compiler) shareWord(t *Thing, word string, args []ast.Expr) *term {
	holder := ""
	if len(args) == 1 && args[0].Kind() == ast.IdentKind {
		holder = args[0].AsIdent()
		if findSeat(c.ml.seatsAt(c.at), holder) == nil {
			return c.unknown("unknown_seat", "席位", "seat", holder, c.names())
		}
	}
	if len(args) > 1 || (holder == "") != (word == "shares" && len(args) == 0) {
		c.wrong("syntax", lang.T("写 "+t.Name+"."+word+"（席位）", "write "+t.Name+"."+word+"(seat)"), lang.Text{})
		return nil
	}
	typ := map[string]Type{"stake": ShareType, "largest": FlagType, "shares": CountType, "frozen": FlagType}[word]
	return c.ofThing(t, t.Name+"."+word+"("+holder+")", typ, func(sc *Scope) (Value, error) {
		id := sc.ThingID(t.Name)
		table, ok := sc.Snapshot.Tables[id]
		if !ok && id != "" && id != NewThing {
			return nil, errNotAsked
		}
		if holder == "" {
			return table.Total(), nil
		}
		var parties []string
		largest, frozen := false, false
		for _, h := range sc.holders(holder) {
			parties = append(parties, h.Party)
			largest, frozen = largest || table.Largest(h.Party), frozen || table.Frozen(h.Party)
		}
		switch word {
		case "stake":
			return table.Stake(parties...), nil
		case "largest":
			return largest, nil
		case "frozen":
			return frozen, nil
		}
		return table.Shares(parties...), nil
	})
}

// ofThing is a word about a thing, which must have been chosen.
func (c *compiler) ofThing(t *Thing, text string, typ Type, run func(*Scope) (Value, error)) *term {
	c.refs[text] = typ
	c.readsThing(t)
	return &term{op: "path", typ: typ, text: text, run: run}
}
