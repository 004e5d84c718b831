package panel

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kechuang/internal/lang"
	"kechuang/internal/panel/sealed"
)

// Verify draws again from the record's own seed, pool and criteria, follows everybody who left, and says what differs.
func (r *Record) Verify() error {
	if r.Version < 2 || r.Version > version || r.Version == 2 && r.Said+r.Fingerprint != "" {
		return fmt.Errorf("panel: a record of version %d", r.Version)
	}
	seed, err := ParseSeed(r.Seed)
	if err != nil {
		return err
	}
	if seed.Commitment() != r.Commitment {
		return fmt.Errorf("panel: the seed is not the one that was committed to: %s gives %s, committed was %s", r.Seed, seed.Commitment(), r.Commitment)
	}
	f, err := Ask{r.For, r.Round, r.Pool, r.Excluded, r.Criteria, r.Holds}.fix(r.Version)
	if err != nil {
		return err
	}
	again, err := f.Convene(seed, r.Beacon, r.Said)
	if err != nil {
		return err
	}
	if !slices.IsSortedFunc(r.Pool, func(a, b Candidate) int { return cmp.Compare(a.ID, b.ID) }) || !slices.Equal(again.Excluded, r.Excluded) || !slices.Equal(again.Holds, r.Holds) {
		return errors.New("panel: the pool, the exclusions or those who sit already are not in their order")
	}
	if again.Fingerprint != r.Fingerprint {
		return fmt.Errorf("panel: the fingerprint of pool and criteria is %s, the record says %s", again.Fingerprint, r.Fingerprint)
	}
	if !slices.Equal(again.Drawn, r.Drawn) || !slices.Equal(again.Order, r.Order) {
		return fmt.Errorf("panel: the seed draws %v, the record says %v", again.Drawn, r.Drawn)
	}
	for i, l := range r.Left {
		if instead, err := again.Leave(l.Person, l.Why); instead != l.For || err != nil && l.For != "" {
			return fmt.Errorf("panel: when %s left, %q came by the order of the draw, the record says %q (replacement %d)", l.Person, instead, l.For, i+1)
		}
	}
	if !slices.Equal(again.Panel, r.Panel) {
		return fmt.Errorf("panel: the panel is %v, the record says %v", again.Panel, r.Panel)
	}
	return nil
}

// Encode writes the record as a file: canonical JSON, and a last line with its digest.
func (r *Record) Encode() ([]byte, error) {
	body, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return nil, err
	}
	return sealed.Seal(body), nil
}

// ErrChanged says that a file is not as it was written.
var ErrChanged = errors.New("panel: the file is not as it was written")

// Decode reads what Encode wrote; any other byte is an error. Verify is not asked.
func Decode(file []byte) (*Record, error) {
	var r Record
	if err := sealed.Open(file, &r, r.Encode, ErrChanged); err != nil {
		return nil, err
	}
	return &r, nil
}

// Explain tells the draw in ten lines, for whoever checks it.
func (r *Record) Explain() []lang.Text {
	names := func(list []string) string { return strings.Join(list, "、") }
	lines := []lang.Text{
		lang.T(fmt.Sprintf("抽取事项：%s（第 %d 次抽取）", r.For, max(r.Round, 1)), fmt.Sprintf("Drawn for: %s (draw no. %d)", r.For, max(r.Round, 1))),
		lang.T("一、确定专家库之前，已公布种子的指纹（承诺值）"+r.Commitment, "1. Before the pool was fixed, the fingerprint of the seed was published: "+r.Commitment),
		lang.T(fmt.Sprintf("二、专家库共 %d 人；因回避等原因排除 %d 人，可抽取 %d 人；名单和要求的指纹 %s", len(r.Pool), len(r.Excluded), len(r.Order), cmp.Or(r.Fingerprint, "未记")),
			fmt.Sprintf("2. The pool has %d people; %d were excluded, %d are eligible; fingerprint of pool and criteria: %s", len(r.Pool), len(r.Excluded), len(r.Order), cmp.Or(r.Fingerprint, "none"))),
		lang.T("三、抽取前最近的存证检查点："+cmp.Or(r.Beacon, "尚无")+"；看过指纹后现场所说："+cmp.Or(r.Said, "无"), "3. The journal's latest checkpoint before the draw: "+cmp.Or(r.Beacon, "none yet")+"; said by those present after the fingerprint was shown: "+cmp.Or(r.Said, "nothing")),
		lang.T("四、公开的种子："+r.Seed+"，其指纹与承诺值一致", "4. The seed as opened: "+r.Seed+"; its fingerprint is the one published"),
		lang.T("五、每人的签号由种子、名单和要求的指纹、检查点、现场所说共同算出，任何人都能重算", "5. Everybody's lot follows from seed, fingerprint, checkpoint and what was said; anyone can work it out again"),
		lang.T(fmt.Sprintf("六、按签号从小到大，依次取满足组成要求的 %d 人：%s", r.Criteria.Size, names(r.Drawn)), fmt.Sprintf("6. By the order of lots, the first %d who fit the criteria: %s", r.Criteria.Size, names(r.Drawn))),
		lang.T("七、组成要求："+r.Criteria.text(lang.ZH), "7. Criteria: "+r.Criteria.text(lang.EN)),
	}
	if len(r.Left) == 0 {
		lines = append(lines, lang.T("八、没有人退出", "8. Nobody left"))
	} else {
		zh, en := []string{}, []string{}
		for _, l := range r.Left {
			zh, en = append(zh, fmt.Sprintf("%s（%s）→ %s", l.Person, l.Why.ZH, cmp.Or(l.For, "无人递补"))), append(en, fmt.Sprintf("%s (%s) → %s", l.Person, l.Why.In(lang.EN), cmp.Or(l.For, "nobody")))
		}
		lines = append(lines, lang.T("八、退出与按签号递补："+strings.Join(zh, "；"), "8. Left, and who came by the order of lots: "+strings.Join(en, "; ")))
	}
	return append(lines, lang.T("九、现评审组："+names(r.Panel), "9. The panel now: "+names(r.Panel)))
}

func (c Criteria) text(l lang.Tag) string {
	t := []string{lang.T(fmt.Sprintf("%d 人", c.Size), fmt.Sprintf("%d people", c.Size)).In(l)}
	if c.UnitMost > 0 {
		t = append(t, lang.T(fmt.Sprintf("每个单位至多 %d 人", c.UnitMost), fmt.Sprintf("at most %d of a unit", c.UnitMost)).In(l))
	}
	for _, q := range c.Quotas {
		if q.Least > 0 {
			t = append(t, lang.T(fmt.Sprintf("%s至少 %d 人", q.name().ZH, q.Least), fmt.Sprintf("%s at least %d", q.name().EN, q.Least)).In(l))
		}
		if q.Most > 0 {
			t = append(t, lang.T(fmt.Sprintf("%s至多 %d 人", q.name().ZH, q.Most), fmt.Sprintf("%s at most %d", q.name().EN, q.Most)).In(l))
		}
	}
	return strings.Join(t, lang.T("，", ", ").In(l))
}
