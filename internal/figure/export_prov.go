package figure

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"time"
)

// PROV is the value's provenance as W3C PROV-JSON: the value was derived from facts by counting under a definition; each fact was generated
// by a step of a case, or by an entry of the register, whose record in the journal is named by its digest.
func (t Trail) PROV(w io.Writer, origin func(Fact) Origin) error {
	const value, counting = "kc:value", "kc:counting"
	rule, _ := json.Marshal(t.Definition.rule(t.Value.Day))
	whole := map[string]any{"prov:label": t.Definition.Title.ZH, "kc:figure": t.Definition.Name, "kc:unit": t.Definition.Unit, "kc:day": t.Value.Day,
		"kc:facts": t.Value.Facts, "kc:complete": !t.Cut}
	if t.Value.Value != nil {
		whole["kc:value"] = *t.Value.Value
	}
	if t.Value.Known != "" {
		whole["kc:known"] = t.Value.Known
	}
	entity := map[string]any{value: whole, "kc:definition": map[string]any{"kc:rule": string(rule), "kc:digest": t.Definition.Digest(t.Value.Day), "prov:label": t.Means.ZH,
		"prov:type": map[string]string{"$": "prov:Plan", "type": "xsd:QName"}}}
	activity := map[string]any{counting: map[string]any{"prov:endTime": t.Made.UTC().Format(time.RFC3339Nano), "prov:label": "计数 counting"}}
	agent, derived, generated, associated := map[string]any{}, map[string]any{}, map[string]any{}, map[string]any{}
	generated["_:g"] = map[string]string{"prov:entity": value, "prov:activity": counting}
	used := map[string]any{"_:u": map[string]string{"prov:activity": counting, "prov:entity": "kc:definition"}}
	for i, f := range t.Facts {
		o, id := origin(f), "kc:"+f.ID
		entity[id] = f.attributes()
		derived[fmt.Sprintf("_:d%d", i)] = map[string]string{"prov:generatedEntity": value, "prov:usedEntity": id, "prov:activity": counting}
		used[fmt.Sprintf("_:u%d", i)] = map[string]string{"prov:activity": counting, "prov:entity": id}
		step := fmt.Sprintf("kc:%s.%d", cmp.Or(f.Case, f.Record), f.Seq)
		activity[step] = stated(map[string]any{"prov:endTime": f.At.UTC().Format(time.RFC3339Nano)}, map[string]string{"prov:label": o.Step.ZH, "kc:case": f.Case, "kc:record": f.Record, "kc:title": o.Title, "kc:leaf": o.Leaf})
		generated[fmt.Sprintf("_:f%d", i)] = map[string]string{"prov:entity": id, "prov:activity": step}
		if o.Who != "" {
			agent["kc:agent/"+o.Who] = map[string]string{"prov:label": o.Who}
			associated["_:a/"+step] = map[string]string{"prov:activity": step, "prov:agent": "kc:agent/" + o.Who}
		}
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(map[string]any{"prefix": map[string]string{"kc": "urn:kechuang:", "prov": "http://www.w3.org/ns/prov#", "xsd": "http://www.w3.org/2001/XMLSchema#"},
		"entity": entity, "activity": activity, "agent": agent, "wasDerivedFrom": derived, "wasGeneratedBy": generated, "wasAssociatedWith": associated, "used": used})
}

// attributes are what a fact says, each a literal as PROV-JSON wants it.
func (f Fact) attributes() map[string]any {
	m := stated(map[string]any{"kc:kind": f.Kind, "kc:amount": f.Amount, "kc:day": f.Day}, map[string]string{"kc:reverses": f.Reverses, "kc:until": string(f.Until)})
	for d, v := range f.Dims {
		m["kc:dim/"+d] = v
	}
	return m
}

// stated adds what is not empty.
func stated(m map[string]any, more map[string]string) map[string]any {
	for k := range maps.Keys(more) {
		if more[k] != "" {
			m[k] = more[k]
		}
	}
	return m
}
