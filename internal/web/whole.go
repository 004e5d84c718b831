package web

import (
	"reflect"
	"strings"
	"time"
)

// whole makes every nil slice and map of an answer an empty one, so that a client never has to tell null from an empty list. It
// leaves alone what is left out of the JSON when empty, and thereby also the shared parts of the pack, whose lists are all
// either filled or of that kind.
func whole(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			whole(v.Elem())
		}
	case reflect.Slice:
		if holds(v.Type().Elem()) {
			for i := range v.Len() {
				whole(v.Index(i))
			}
		}
	case reflect.Map:
		if holds(v.Type().Elem()) && v.Type().Elem().Kind() == reflect.Pointer {
			for _, k := range v.MapKeys() {
				whole(v.MapIndex(k))
			}
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			f, t := v.Field(i), v.Type().Field(i)
			if !t.IsExported() || strings.HasPrefix(t.Tag.Get("json"), "-") {
				continue
			}
			omitted := strings.Contains(t.Tag.Get("json"), ",omit")
			if f.CanSet() && !omitted && f.Kind() == reflect.Slice && f.IsNil() && f.Type().Elem().Kind() != reflect.Uint8 {
				f.Set(reflect.MakeSlice(f.Type(), 0, 0))
			}
			if f.CanSet() && !omitted && f.Kind() == reflect.Map && f.IsNil() {
				f.Set(reflect.MakeMap(f.Type()))
			}
			whole(f)
		}
	}
}

// holds tells whether values of the type can have lists inside.
func holds(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Struct, reflect.Pointer, reflect.Slice, reflect.Map, reflect.Interface:
		return true
	}
	return false
}
