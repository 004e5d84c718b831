package policy

import (
	"iter"
	"maps"
	"reflect"
	"regexp"
	"slices"

	"kechuang/internal/lang"
)

var called = regexp.MustCompile(`(\w+)\(`)

// Features names what of the language a mechanism uses: each kind of effect, each key of a seat, field, step, deadline, part or rule, each
// type, and each function of its expressions, as "Hold", "Step.Sealed", "Type money", "count()". A word that only one mechanism of a
// pack uses has to earn its keep: `kechuang bench pack` counts them.
func (m *Mechanism) Features() []string {
	f := features{found: map[string]bool{}, seen: map[any]bool{}}
	for _, part := range []any{m.Seats, m.Things, m.Links, m.Books, m.Forms, m.Case, m.Parts, m.Rules} {
		f.walk(reflect.ValueOf(part))
	}
	return slices.Sorted(maps.Keys(f.found))
}

type features struct {
	found map[string]bool
	seen  map[any]bool // pointers: the model refers back to itself
}

func (f features) walk(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			f.walk(v.Elem())
		}
	case reflect.Pointer:
		if v.IsNil() || f.seen[v.Interface()] {
			return
		}
		f.seen[v.Interface()] = true
		if x, ok := v.Interface().(*Expr); ok {
			for _, name := range called.FindAllStringSubmatch(x.Source, -1) {
				f.found[name[1]+"()"] = true
			}
			return
		}
		f.walk(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			f.walk(v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			f.walk(v.MapIndex(key))
		}
	case reflect.Struct:
		f.structure(v)
	}
}

// structure takes the kind of thing, and those of its keys that are given.
func (f features) structure(v reflect.Value) {
	t := v.Type()
	if t.PkgPath() != reflect.TypeFor[Mechanism]().PkgPath() || t == reflect.TypeFor[Pos]() {
		return
	}
	name := t.Name()
	if d, ok := v.Interface().(Deed); ok { // the deeds on rights, shares and outside money are told apart by their word
		name = d.Word
		for _, keys := range []iter.Seq[string]{maps.Keys(d.Names), maps.Keys(d.Exprs)} {
			for k := range keys {
				f.found[name+"."+k] = true
			}
		}
	}
	f.found[name] = true
	for i := range t.NumField() {
		k := t.Field(i)
		if !k.IsExported() || v.Field(i).IsZero() || k.Name == "Name" || k.Name == "Word" || k.Type == reflect.TypeFor[lang.Text]() || k.Type == reflect.TypeFor[Pos]() {
			continue
		}
		switch x := v.Field(i); {
		case k.Type == reflect.TypeFor[Type]() || k.Type == reflect.TypeFor[SeatKind]():
			f.found[k.Type.Name()+" "+x.String()] = true
		default:
			if k.Type.Kind() != reflect.Map {
				f.found[name+"."+k.Name] = true
			}
			f.walk(x)
		}
	}
}
