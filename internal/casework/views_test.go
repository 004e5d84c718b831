package casework

import (
	"reflect"
	"testing"

	"kechuang/internal/policy"
)

// TestTemplateWords: what the check knows of templates is what a page is given, no word more and none less.
func TestTemplateWords(t *testing.T) {
	for kind, dot := range map[string]any{"page": &paper{}, "row": paperValues{}, "part": paperPart{}, "payment": paperPayment{}, "answer": paperField{}} {
		words := policy.Views[kind]
		have := map[string]int{}
		of := reflect.TypeOf(dot)
		for m := range of.Methods() {
			have[m.Name] = m.Type.NumIn() - 1
		}
		if of.Kind() == reflect.Struct {
			for f := range of.Fields() {
				if f.IsExported() {
					have[f.Name] = 0
				}
			}
		}
		for name, takes := range have {
			if w, ok := words[name]; !ok || w.Takes != takes {
				t.Errorf("%s.%s takes %d texts; the check knows %v, %+v", kind, name, takes, ok, w)
			}
		}
		for name := range words {
			if _, ok := have[name]; !ok {
				t.Errorf("the check knows %s.%s, and no page is given it", kind, name)
			}
		}
	}
}
