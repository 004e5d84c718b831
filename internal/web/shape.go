package web

import (
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"kechuang/internal/lang"
)

// between separates the two languages in a message of huma's validator, whose messages are plain format strings.
const between = "\x1f"

// The validator's messages and its error constructor are variables of the library; they are set once, here, for the process.
func init() {
	huma.DefaultArrayNullable = false // see whole.go: no null stands for an empty list here
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return shapeProblem(nil, status, msg, errs...)
	}
	huma.NewErrorWithContext = shapeProblem
	for msg, zh := range map[*string]string{
		&validation.MsgUnexpectedProperty:       "没有这一项",
		&validation.MsgExpectedRFC3339DateTime:  "应为日期时间",
		&validation.MsgExpectedRFC3339Date:      "应为日期",
		&validation.MsgExpectedBoolean:          "应为是或否",
		&validation.MsgExpectedNumber:           "应为数字",
		&validation.MsgExpectedInteger:          "应为整数",
		&validation.MsgExpectedString:           "应为文字",
		&validation.MsgExpectedArray:            "应为列表",
		&validation.MsgExpectedObject:           "应为一组字段",
		&validation.MsgExpectedOneOf:            "应为其中之一：%s",
		&validation.MsgExpectedMinimumNumber:    "不能小于 %v",
		&validation.MsgExpectedMaximumNumber:    "不能大于 %v",
		&validation.MsgExpectedMinLength:        "不能少于 %d 个字",
		&validation.MsgExpectedMaxLength:        "不能超过 %d 个字",
		&validation.MsgExpectedMatchPattern:     "格式应符合 %s",
		&validation.MsgExpectedMinItems:         "不能少于 %d 项",
		&validation.MsgExpectedMaxItems:         "不能超过 %d 项",
		&validation.MsgExpectedRequiredProperty: "缺少必填项 %s",
	} {
		en := *msg
		// Both halves must take the same argument once: explicit indices let one argument serve twice.
		for _, verb := range []string{"%s", "%v", "%d"} {
			zh = strings.Replace(zh, verb, "%[1]"+verb[1:], 1)
			en = strings.Replace(en, verb, "%[1]"+verb[1:], 1)
		}
		*msg = zh + between + en
	}
}

// shapeText takes the two languages apart again.
func shapeText(msg string) lang.Text {
	if zh, en, ok := strings.Cut(msg, between); ok {
		return lang.T(zh, en)
	}
	return lang.T("这一项填写不正确", msg)
}
