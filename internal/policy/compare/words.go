package compare

import (
	"go.yaml.in/yaml/v3"

	"kechuang/internal/lang"
)

// word is what a key is called: by the title of what stands there, else by the language's own word for it, else as it is written.
func word(key string, n *yaml.Node) lang.Text {
	if t := title(n); !t.IsZero() {
		return t
	}
	if t, known := words[key]; known {
		return t
	}
	return lang.T(key, key)
}

// title is zh and en of a mapping, or of its title.
func title(n *yaml.Node) lang.Text {
	if n == nil || n.Kind != yaml.MappingNode {
		return lang.Text{}
	}
	if t := child(n, "title"); t != nil && t.Kind == yaml.MappingNode {
		n = t
	} else if len(n.Content) <= 4 && child(n, "zh") != nil {
		return lang.Text{} // a text alone is no thing that has a title
	}
	zh, en := child(n, "zh"), child(n, "en")
	if zh == nil || zh.Kind != yaml.ScalarNode {
		return lang.Text{}
	}
	t := lang.Text{ZH: zh.Value, EN: zh.Value}
	if en != nil {
		t.EN = en.Value
	}
	return t
}

// words are the keys of the language that have no title of their own.
var words = map[string]lang.Text{
	"zh": lang.T("中文", "Chinese"), "en": lang.T("英文", "English"), "title": lang.T("名称", "title"), "purpose": lang.T("用来办什么", "purpose"),
	"version": lang.T("版本", "version"), "basis": lang.T("依据", "basis"), "clause": lang.T("条款", "clause"), "trust": lang.T("可信程度", "trust"),
	"note": lang.T("说明", "note"), "value": lang.T("数值", "value"), "type": lang.T("类型", "type"), "unit": lang.T("单位", "unit"),
	"seats": lang.T("席位", "seats"), "forms": lang.T("表单", "forms"), "fields": lang.T("填写项", "fields"), "checks": lang.T("填写要求", "checks"),
	"rows": lang.T("表格列", "columns"), "choices": lang.T("选项", "choices"), "parts": lang.T("子流程", "parts"), "flow": lang.T("流程", "flow"),
	"ends": lang.T("结局", "ends"), "rules": lang.T("规则", "rules"), "deadline": lang.T("期限", "deadline"), "by": lang.T("由谁办理", "by"),
	"fill": lang.T("填写的表", "form"), "to": lang.T("去向", "leads to"), "when": lang.T("条件", "condition"), "do": lang.T("随后的动作", "effects"),
	"say": lang.T("须写明理由", "reason asked for"), "tells": lang.T("办理前的提示", "told before"), "while": lang.T("限于", "while"),
	"after": lang.T("天数", "after"), "at": lang.T("日期", "at"), "escalate": lang.T("提醒谁", "escalates to"), "public": lang.T("公开", "public"),
	"sealed": lang.T("密封", "sealed"), "is": lang.T("条件", "condition"), "because": lang.T("不符合时的说明", "refusal"), "way": lang.T("怎么办", "way out"),
	"field": lang.T("对应填写项", "field"), "max": lang.T("上限", "most"), "min": lang.T("下限", "least"), "help": lang.T("填写提示", "help"),
	"optional": lang.T("可不填", "optional"), "codes": lang.T("代码", "codes"), "number": lang.T("文号", "number"), "issuer": lang.T("发文机关", "issuer"),
	"status": lang.T("效力", "status"), "from": lang.T("起始", "from"), "holidays": lang.T("节假日", "holidays"), "make_up": lang.T("调休上班日", "make-up days"),
	"apart_from": lang.T("须无关联", "apart from"), "group": lang.T("分组", "group"), "things": lang.T("标的", "things"), "links": lang.T("关联事项", "links"),
}
