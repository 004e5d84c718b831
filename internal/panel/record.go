package panel

import (
	"bytes"
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
		return nil, changedWhere(file, err)
	}
	return &r, nil
}

// changedWhere says which part of a changed file does not fit the others, as far as that can be told.
func changedWhere(file []byte, err error) error {
	var r Record
	at := max(bytes.LastIndex(file, []byte("\nsha256 ")), 0)
	if bad := json.Unmarshal(file[:at], &r); bad != nil {
		return fmt.Errorf("%w: it cannot be read (%w)", err, bad)
	}
	if bad := r.Verify(); bad != nil {
		return fmt.Errorf("%w: %s", err, strings.TrimPrefix(bad.Error(), "panel: "))
	}
	return fmt.Errorf("%w: the draw that it tells is true in itself; a reason, the case, the layout or the digest was changed", err)
}

// Explain tells the draw in ten lines, for a lay auditor: what was fixed when, why nobody could steer it, and who came of it.
func (r *Record) Explain() []lang.Text {
	lines := []lang.Text{
		lang.T(fmt.Sprintf("抽取事项：%s（第 %d 次抽取）", r.For, max(r.Round, 1)), fmt.Sprintf("Drawn for: %s (draw no. %d)", r.For, max(r.Round, 1))),
		lang.T("一、先封存一个随机数（种子），只公布它的指纹，事后换不了："+r.Commitment, "1. A random number (the seed) was sealed first and only its fingerprint published, so that it could not be changed later: "+r.Commitment),
		lang.T(fmt.Sprintf("二、再固定名单和要求：专家库共 %d 人，因回避等原因排除 %d 人，可抽取 %d 人；名单和要求的指纹 %s", len(r.Pool), len(r.Excluded), len(r.Order), cmp.Or(r.Fingerprint, "未记")),
			fmt.Sprintf("2. Then the list and the criteria were fixed: %d in the pool, %d excluded for conflicts and the like, %d eligible; their fingerprint: %s", len(r.Pool), len(r.Excluded), len(r.Order), cmp.Or(r.Fingerprint, "none"))),
		lang.T("三、再加进封存种子的人当时不知道的：存证检查点 "+cmp.Or(r.Beacon, "尚无")+"；看过指纹后现场所说：“"+cmp.Or(r.Said, "无")+"”", "3. Then came what nobody knew when the seed was sealed: the journal's checkpoint "+cmp.Or(r.Beacon, "(none yet)")+", and what those present said after they saw the fingerprint: “"+cmp.Or(r.Said, "nothing")+"”"),
		lang.T("四、然后打开种子："+r.Seed+"；它的指纹正是第一行的那个", "4. Then the seed was opened: "+r.Seed+"; its fingerprint is the one of line 1"),
		lang.T("五、每人的签号由以上各项一起算出，不靠运气也不靠人，谁来算都一样", "5. Everybody's lot is worked out from all of these; whoever works it out gets the same"),
		lang.T("六、要求："+r.Criteria.text(lang.ZH), "6. Criteria: "+r.Criteria.text(lang.EN)),
		r.drawnText(),
	}
	if len(r.Left) == 0 {
		lines = append(lines, lang.T("八、没有人退出", "8. Nobody left"))
	} else {
		zh, en := []string{}, []string{}
		for _, l := range r.Left {
			zh, en = append(zh, fmt.Sprintf("%s（%s）→ %s", l.Person, l.Why.ZH, cmp.Or(l.For, "无人递补"))), append(en, fmt.Sprintf("%s (%s) → %s", l.Person, l.Why.In(lang.EN), cmp.Or(l.For, "nobody")))
		}
		lines = append(lines, lang.T("八、退出的，由签号的下一位递补，不另选人："+strings.Join(zh, "；"), "8. Whoever left was replaced by the next lot, by nobody's choice: "+strings.Join(en, "; ")))
	}
	return append(lines, lang.T("九、现评审组："+strings.Join(r.Panel, "、"), "9. The panel now: "+strings.Join(r.Panel, ", ")))
}

// drawnText is who was drawn, beside those who sat there already.
func (r *Record) drawnText() lang.Text {
	zh := fmt.Sprintf("七、按签号从小到大，取最先满足要求的 %d 人：%s", len(r.Drawn), strings.Join(r.Drawn, "、"))
	en := fmt.Sprintf("7. By the order of lots, the first %d who meet them: %s", len(r.Drawn), strings.Join(r.Drawn, ", "))
	if len(r.Holds) > 0 {
		zh += "；原已在组的：" + strings.Join(r.Holds, "、")
		en += "; on the panel already: " + strings.Join(r.Holds, ", ")
	}
	return lang.T(zh, en)
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
