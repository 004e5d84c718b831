package prove

import (
	"maps"
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/policy"
)

// words says the values of a counterexample as an officer would, in Chinese and in English.
func (lg *logic) words(m *model) (zh, en string) {
	if m == nil {
		return "任意取值", "any values"
	}
	var zhs, ens []string
	say := func(path, value, valueEN string) {
		name, nameEN := lg.name(path)
		zhs, ens = append(zhs, name+" = "+value), append(ens, nameEN+" = "+valueEN)
	}
	some := slices.ContainsFunc(slices.Collect(maps.Values(m.ints)), func(v int64) bool { return v != 0 })
	for _, p := range slices.Sorted(maps.Keys(m.ints)) {
		if some && m.ints[p] == 0 && strings.Contains(p, "#") {
			continue // of the parts, name only those that there are
		}
		v := policy.Show(policy.OfUnits(m.types[p], m.ints[p]))
		say(p, v.In(lang.ZH), v.In(lang.EN))
	}
	for _, p := range slices.Sorted(maps.Keys(m.texts)) {
		if v := m.texts[p]; v == otherValue {
			say(p, "其他", "something else")
		} else {
			say(p, v, v)
		}
	}
	for _, p := range slices.Sorted(maps.Keys(m.flags)) {
		if m.flags[p] {
			say(p, "是", "yes")
		} else {
			say(p, "否", "no")
		}
	}
	if len(zhs) == 0 {
		return "任意取值", "any values"
	}
	return strings.Join(zhs, "，"), strings.Join(ens, ", ")
}

// name is how people call a path: the title of its field, or the state of the parts it counts.
func (lg *logic) name(path string) (zh, en string) {
	if path == "today" {
		return "今天", "today"
	}
	if of, ok := strings.CutPrefix(path, "has("); ok {
		zh, en = lg.name(strings.TrimSuffix(of, ")"))
		return "填写了" + zh, en + " is filled"
	}
	if f := lg.field(path); f != nil && f.Title.ZH != "" {
		if f.Title.EN == "" {
			return f.Title.ZH, path
		}
		return f.Title.ZH, f.Title.EN
	}
	if part, state, ok := strings.Cut(path, "#"); ok {
		if m := lg.mech.Part(part); m != nil && m.State(state) != nil {
			s := m.State(state)
			return "“" + s.Title.ZH + "”的" + m.Title.ZH, m.Title.EN + " in " + state
		}
	}
	return path, path
}
