package mutate

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// site is one place that can be broken in one way. apply breaks it and says how; "" means that there was nothing to do.
type site struct {
	op    string
	where string
	line  int
	class string // why a survivor of this operator is no hole, where that follows from the operator alone
	apply func(*rand.Rand) string
}

// The classes of survivors: what the proofs do not promise, and why they cannot.
const (
	condition = "a condition of the document: whom it admits and at what amount is policy, and no proof depends on it"
	choiceOf  = "another seat does it: who acts is policy, as long as what is separated stays so"
	wayOn     = "another way on, which still ends, is answered, and pays as promised"
	wayLess   = "one of several ways on is gone, and all that is promised still holds"
	ruleLess  = "a rule is no longer stated; the flow keeps it all the same"
	recordOf  = "what is recorded, printed or told: no state, seat or money depends on it"
	commutes  = "the two effects do not touch each other"
	notAsked  = "a form is not asked for here, and nothing reads it"
	wider     = "a part's act is allowed in other case states, in which it can be done and harms no promise"
	lesser    = "less is paid or moved: what is left is released, and parts left behind end with the case"
	caseWaits = "a part that ends with the case at the latest, and the case's own deadlines run"
	longer    = "another parameter of the same type: a number of the document"
)

var stateWords = []string{"zh", "en", "public", "deadline", "use", "with", "exits"}

// walker collects the sites of one mechanism.
type walker struct {
	out    []*site
	seats  []string
	states []string
	params []string // that the mechanism names somewhere, so that a mutant stays in the file's own words
}

func sites(root *yaml.Node) []*site {
	w := &walker{seats: keys(get(root, "seats"))}
	w.named(root)
	w.states = append(keys(get(root, "flow")), keys(get(root, "ends"))...)
	w.machine("flow", get(root, "flow"), w.states, w.seats)
	each(get(root, "parts"), func(name string, key, part *yaml.Node) {
		states := append(keys(get(part, "flow")), keys(get(part, "ends"))...)
		w.machine("parts."+name, get(part, "flow"), states, append(slices.Clone(w.seats), keys(get(part, "seats"))...))
	})
	each(get(root, "forms"), func(name string, key, form *yaml.Node) {
		if checks := get(form, "checks"); checks != nil {
			for i, c := range checks.Content {
				w.add("drop check", fmt.Sprintf("forms.%s.checks[%d]", name, i), c.Line, condition, func(*rand.Rand) string { return cut(checks, i) })
				w.expr(fmt.Sprintf("forms.%s.checks[%d]", name, i), get(c, "is"))
			}
		}
	})
	if rules := get(root, "rules"); rules != nil {
		for i, r := range rules.Content {
			w.add("drop rule", fmt.Sprintf("rules[%d]", i), r.Line, ruleLess, func(*rand.Rand) string { return cut(rules, i) })
		}
	}
	return w.out
}

// named collects the parameters that are named beneath a node.
func (w *walker) named(n *yaml.Node) {
	if n == nil {
		return
	}
	for _, m := range paramName.FindAllStringSubmatch(n.Value, -1) {
		if !slices.Contains(w.params, m[1]) {
			w.params = append(w.params, m[1])
		}
	}
	for _, c := range n.Content {
		w.named(c)
	}
}

func (w *walker) add(op, where string, line int, class string, apply func(*rand.Rand) string) {
	w.out = append(w.out, &site{op, where, line, class, apply})
}

func (w *walker) machine(at string, flow *yaml.Node, states, seats []string) {
	each(flow, func(name string, key, state *yaml.Node) {
		where := at + "." + name
		each(state, func(word string, key, value *yaml.Node) {
			switch {
			case word == "deadline":
				w.add("drop deadline", where, key.Line, map[bool]string{true: caseWaits}[at != "flow"], func(*rand.Rand) string { return drop(state, word) })
				w.targets(where+".deadline", value, states)
				w.effects(where+".deadline", value)
				w.param(where+".deadline", get(value, "after"))
			case word == "exits":
				each(value, func(exit string, key, v *yaml.Node) {
					w.add("other target", where+".exits."+exit, key.Line, wayOn, func(r *rand.Rand) string { return other(r, v, states) })
				})
			case slices.Contains(stateWords, word) || value.Kind != yaml.MappingNode:
			default:
				w.add("drop step", where+"."+word, key.Line, wayLess, func(*rand.Rand) string { return drop(state, word) })
				w.step(where+"."+word, value, states, seats)
			}
		})
	})
}

func (w *walker) step(where string, step *yaml.Node, states, seats []string) {
	w.targets(where, step, states)
	w.effects(where, step)
	by := get(step, "by")
	if by != nil && by.Kind == yaml.ScalarNode {
		w.add("other seat", where, by.Line, choiceOf, func(r *rand.Rand) string { return other(r, by, seats) })
	}
	if when := get(step, "when"); when != nil {
		for i, g := range when.Content {
			w.add("drop guard", fmt.Sprintf("%s.when[%d]", where, i), g.Line, condition, func(*rand.Rand) string { return cut(when, i) })
			w.expr(fmt.Sprintf("%s.when[%d]", where, i), get(g, "is"))
		}
	}
	if fill := get(step, "fill"); fill != nil {
		w.add("drop form", where, fill.Line, notAsked, func(*rand.Rand) string { return drop(step, "fill") })
	}
	if while := get(step, "while"); while != nil {
		w.add("drop while", where, while.Line, wider, func(*rand.Rand) string { return drop(step, "while") })
		w.add("other while", where, while.Line, wider, func(r *rand.Rand) string {
			if len(while.Content) == 0 {
				return ""
			}
			return other(r, while.Content[r.IntN(len(while.Content))], w.states)
		})
	}
}

func (w *walker) targets(where string, n *yaml.Node, states []string) {
	to := get(n, "to")
	if to == nil {
		return
	}
	if to.Kind == yaml.ScalarNode {
		w.add("other target", where, to.Line, wayOn, func(r *rand.Rand) string { return other(r, to, states) })
		return
	}
	var leads []*yaml.Node
	for i, b := range to.Content {
		w.add("drop branch", fmt.Sprintf("%s.to[%d]", where, i), b.Line, "", func(*rand.Rand) string { return cut(to, i) })
		w.expr(fmt.Sprintf("%s.to[%d]", where, i), get(b, "when"))
		for _, word := range []string{"state", "else"} {
			if v := get(b, word); v != nil {
				leads = append(leads, v)
				w.add("other target", fmt.Sprintf("%s.to[%d]", where, i), v.Line, wayOn, func(r *rand.Rand) string { return other(r, v, states) })
			}
		}
	}
	if len(leads) > 1 {
		w.add("swap targets", where, to.Line, wayOn, func(r *rand.Rand) string {
			i := r.IntN(len(leads))
			j := (i + 1) % len(leads)
			if leads[i].Value == leads[j].Value {
				return ""
			}
			leads[i].Value, leads[j].Value = leads[j].Value, leads[i].Value
			return leads[j].Value + " ⇄ " + leads[i].Value
		})
	}
}

func (w *walker) effects(where string, n *yaml.Node) {
	do := get(n, "do")
	if do == nil {
		return
	}
	for i, e := range do.Content {
		at := fmt.Sprintf("%s.do[%d]", where, i)
		kind := ""
		if len(e.Content) > 0 {
			kind = e.Content[0].Value
		}
		class := map[string]string{"record": recordOf, "enter": recordOf, "make": recordOf, "notify": recordOf, "freeze": recordOf,
			"pay": lesser, "move": lesser, "collect": lesser, "amend": recordOf, "update": recordOf,
			"license": lesser, "end_license": lesser, "revert": lesser, "expire": lesser, "assign": lesser, "issue": lesser, "pool": lesser, "grant_shares": lesser,
			"transfer_shares": lesser, "convert": lesser, "buy_back": lesser, "round": lesser, "exit": lesser, "receive": lesser}[kind]
		w.add("drop effect", at, e.Line, class, func(*rand.Rand) string { return cut(do, i) })
		if i > 0 {
			class := commutes
			if touches(do.Content[i-1], e) {
				class = ""
			}
			w.add("swap effects", at, e.Line, class, func(*rand.Rand) string {
				do.Content[i-1], do.Content[i] = do.Content[i], do.Content[i-1]
				return brief(do.Content[i]) + " ⇄ " + brief(do.Content[i-1])
			})
		}
		each(e, func(_ string, _, body *yaml.Node) {
			for _, word := range []string{"amount", "size", "count", "share", "principal", "discount", "cap", "floor", "until", "shares", "pre"} {
				w.param(at+"."+word, get(body, word))
			}
			for _, word := range []string{"to", "from"} {
				if v := get(body, word); v != nil && kind != "move" {
					w.add("other payee", at, v.Line, choiceOf, func(r *rand.Rand) string { return other(r, v, w.seats) })
				}
			}
		})
	}
}

// touches tells whether two effects speak of one pot, part or seat, so that their order may matter.
func touches(a, b *yaml.Node) bool {
	names := func(n *yaml.Node) (out []string) {
		each(n, func(kind string, _, body *yaml.Node) {
			for _, word := range []string{"pot", "seat", "each", "of"} {
				if v := get(body, word); v != nil {
					out = append(out, word+" "+v.Value)
				}
			}
			for _, s := range partStates(body) {
				out = append(out, get(body, "part").Value+"."+s)
			}
			if body.Kind == yaml.ScalarNode && kind == "release" {
				out = append(out, "pot "+body.Value)
			}
			if body.Kind == yaml.ScalarNode && kind == "vacate" {
				out = append(out, "seat "+body.Value)
			}
		})
		return out
	}
	theirs := names(b)
	return slices.ContainsFunc(names(a), func(s string) bool { return slices.Contains(theirs, s) })
}

// partStates are the states of its part in which an effect looks for it, and those into which a choice puts it.
func partStates(body *yaml.Node) []string {
	if get(body, "part") == nil {
		return nil
	}
	var out []string
	if in := get(body, "in"); in != nil {
		for _, c := range in.Content {
			out = append(out, c.Value)
		}
	}
	for _, word := range []string{"best", "others"} {
		if v := get(body, word); v != nil {
			out = append(out, v.Value)
		}
	}
	return out
}

var (
	paramName  = regexp.MustCompile(`param\.(\w+)`)
	comparison = regexp.MustCompile(`<=|>=|==|!=|<|>`)
)

// expr breaks a condition: another parameter, or another comparison.
func (w *walker) expr(where string, n *yaml.Node) {
	if n == nil || n.Kind != yaml.ScalarNode {
		return
	}
	w.param(where, n)
	if at := comparison.FindAllStringIndex(n.Value, -1); len(at) > 0 {
		w.add("other comparison", where, n.Line, condition, func(r *rand.Rand) string {
			i := at[r.IntN(len(at))]
			old, is := n.Value, n.Value[i[0]:i[1]]
			ops := []string{"<", "<=", ">", ">=", "==", "!="}
			if is == "==" || is == "!=" {
				ops = []string{"==", "!="}
			}
			ops = slices.DeleteFunc(ops, func(o string) bool { return o == is })
			n.Value = old[:i[0]] + ops[r.IntN(len(ops))] + old[i[1]:]
			return old + " → " + n.Value
		})
	}
}

// param names another parameter where one is named.
func (w *walker) param(where string, n *yaml.Node) {
	if n == nil || n.Kind != yaml.ScalarNode || !paramName.MatchString(n.Value) {
		return
	}
	w.add("other parameter", where, n.Line, longer, func(r *rand.Rand) string {
		old := n.Value
		i := paramName.FindStringIndex(old)
		names := slices.DeleteFunc(slices.Clone(w.params), func(p string) bool { return "param."+p == old[i[0]:i[1]] })
		if len(names) == 0 {
			return ""
		}
		n.Value = old[:i[0]] + "param." + names[r.IntN(len(names))] + old[i[1]:]
		return old + " → " + n.Value
	})
}

func get(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

func each(n *yaml.Node, visit func(name string, key, value *yaml.Node)) {
	if n == nil || n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		visit(n.Content[i].Value, n.Content[i], n.Content[i+1])
	}
}

func keys(n *yaml.Node) []string {
	var out []string
	each(n, func(name string, _, _ *yaml.Node) { out = append(out, name) })
	return out
}

// drop takes a key out of a mapping.
func drop(n *yaml.Node, key string) string {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content = slices.Delete(n.Content, i, i+2)
			return "without " + key
		}
	}
	return ""
}

// cut takes an item out of a list.
func cut(n *yaml.Node, i int) string {
	if i >= len(n.Content) {
		return ""
	}
	what := brief(n.Content[i])
	n.Content = slices.Delete(n.Content, i, i+1)
	return "without " + what
}

// other puts another of the names.
func other(r *rand.Rand, n *yaml.Node, names []string) string {
	names = slices.DeleteFunc(slices.Clone(names), func(s string) bool { return s == n.Value })
	if n.Kind != yaml.ScalarNode || len(names) == 0 {
		return ""
	}
	old := n.Value
	n.Value = names[r.IntN(len(names))]
	return old + " → " + n.Value
}

// brief is a node in one line.
func brief(n *yaml.Node) string {
	data, err := yaml.Marshal(n)
	if err != nil {
		return "?"
	}
	s := strings.Join(strings.Fields(string(data)), " ")
	if r := []rune(s); len(r) > 70 {
		s = string(r[:70]) + "…"
	}
	return s
}
