package register

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"kechuang/internal/lang"
	"kechuang/internal/refusal"
)

// What a file may be. 50 000 parties with every column filled are 5 MB as .xlsx and 40 MB inflated; twice the rows fit.
const (
	MaxFile     = 30 << 20  // bytes as uploaded
	maxInflated = 256 << 20 // bytes of all parts of a workbook together
	maxPart     = 16 << 20  // bytes of a part that is neither a sheet nor the shared texts
	maxParts    = 2000
	maxColumns  = 256
	MaxRows     = 100_000
)

// Format is how a file's rows are kept.
type Format string

// The formats.
const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
)

func errFile(id, zh, en string) *refusal.Refusal {
	return refusal.New(refusal.Invalid, "register.file."+id, lang.T(zh, en)).At("file")
}

func errTooLarge(zh, en string) *refusal.Refusal {
	r := errFile("large", zh, en)
	r.Kind = refusal.TooLarge
	return r
}

// others are how files begin that are often sent by mistake: PDF, pictures, archives.
var others = []string{"%PDF", "\x89PNG", "\xFF\xD8\xFF", "Rar!", "7z\xBC\xAF", "\x1F\x8B"}

// sniff tells by its content, never by its name, what a file is, and refuses what is not a workbook or a text table. A workbook's
// directory is looked at before any part is inflated.
func sniff(data []byte) (Format, error) {
	save := lang.T("请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”或 CSV 后重新上传", "Open it in Excel or WPS, save it as .xlsx or CSV, and upload that")
	switch {
	case len(data) == 0:
		return "", errFile("empty", "文件是空的", "The file is empty")
	case len(data) > MaxFile:
		return "", errTooLarge(fmt.Sprintf("文件 %d MB，超过 %d MB", len(data)>>20, MaxFile>>20), fmt.Sprintf("The file has more than %d MB", MaxFile>>20)).
			Mend(lang.T("请分成几个文件上传", "Upload it in several files"))
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		if bytes.Contains(data, utf16le("EncryptedPackage")) {
			return "", errFile("encrypted", "文件设有打开密码，无法读取", "The file is protected by a password").
				Mend(lang.T("请在 Excel 中取消密码后重新上传", "Remove the password in Excel, and upload it again"))
		}
		return "", errFile("xls", "这是旧版 Excel(.xls)或 WPS 文件", "This is an old Excel (.xls) or WPS file").Mend(save)
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return XLSX, checkParts(data)
	case slices.ContainsFunc(others, func(begin string) bool { return bytes.HasPrefix(data, []byte(begin)) }):
		return "", errFile("other", "这不是 Excel 或 CSV 文件", "This is neither Excel nor CSV").Mend(save)
	}
	head := strings.ToLower(strings.TrimSpace(string(data[:min(len(data), 1024)])))
	if strings.HasPrefix(head, "<html") || strings.HasPrefix(head, "<!doctype") || strings.HasPrefix(head, "<table") || strings.HasPrefix(head, "<?xml") || strings.HasPrefix(head, "<meta") {
		return "", errFile("html", "这是网页或 XML 文件，只是扩展名像表格", "This is a web page or XML under a sheet's name").Mend(save)
	}
	return CSV, nil
}

// checkParts refuses a workbook that would fill the memory, hides a part behind another of the same name, holds macros, or is none.
func checkParts(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return errFile("broken", "文件不完整或已损坏，无法打开", "The file is incomplete or damaged").
			Mend(lang.T("请用 Excel 打开、另存后重新上传", "Open and save it in Excel, and upload it again"))
	}
	if len(z.File) > maxParts {
		return errFile("bomb", "文件结构异常：内含部件过多", "The file is not a sensible workbook: too many parts")
	}
	names := map[string]bool{}
	var total uint64
	for _, f := range z.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, "\\", "/"))
		if names[name] {
			return errFile("twice", "文件结构异常：部件重名", "The file is not a sensible workbook: two parts of one name")
		}
		names[name] = true
		total += f.UncompressedSize64
		sheet := strings.HasPrefix(name, "xl/worksheets/") || name == "xl/sharedstrings.xml"
		if total > maxInflated || f.UncompressedSize64 > maxInflated || (!sheet && f.UncompressedSize64 > maxPart && !strings.HasPrefix(name, "xl/media/")) {
			return errFile("bomb", fmt.Sprintf("文件展开后过大（超过 %d MB），不予处理", maxInflated>>20), "The file is too large when unpacked").
				Mend(lang.T("请删去图片和多余的工作表，或分成几个文件", "Remove pictures and other sheets, or split it"))
		}
	}
	switch {
	case names["xl/workbook.bin"]:
		return errFile("xlsb", "这是二进制工作簿（.xlsb）", "This is a binary workbook (.xlsb)").Mend(lang.T("请另存为“Excel 工作簿（.xlsx）”", "Save it as .xlsx"))
	case names["xl/vbaproject.bin"]:
		return errFile("macro", "文件含宏，不予处理", "The file holds macros").Mend(lang.T("请另存为不含宏的“Excel 工作簿（.xlsx）”", "Save it as .xlsx without macros"))
	case names["encryptedpackage"]:
		return errFile("encrypted", "文件设有打开密码，无法读取", "The file is protected by a password").Mend(lang.T("请取消密码后重新上传", "Remove the password first"))
	case !names["xl/workbook.xml"]:
		return errFile("other", "这不是 Excel 工作簿（可能是压缩包、Word 或 ODS 文件）", "This is no Excel workbook but perhaps an archive, a Word or an ODS file").
			Mend(lang.T("请另存为“Excel 工作簿（.xlsx）”或 CSV", "Save it as .xlsx or CSV"))
	}
	return nil
}

func utf16le(s string) []byte {
	var b []byte
	for _, c := range []byte(s) {
		b = append(b, c, 0)
	}
	return b
}

// Readable gives text in UTF-8 whatever a file is written in; bytes that are none in any way are dropped.
func Readable(data []byte) []byte {
	if text, _, err := decode(data); err == nil {
		return text
	}
	return bytes.ToValidUTF8(data, nil)
}

// decode makes UTF-8 of a text file: UTF-8 with or without its mark, UTF-16 with its mark (Excel's “Unicode text”), or else
// GB18030, which Excel writes on a Chinese Windows.
func decode(data []byte) (text []byte, encoding string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		text, encoding = data[3:], "UTF-8"
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		encoding = "UTF-16"
		text, err = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
	case utf8.Valid(data):
		text, encoding = data, "UTF-8"
	default:
		encoding = "GB18030"
		text, err = simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	}
	if err != nil || !utf8.Valid(text) || bytes.ContainsRune(text, utf8.RuneError) || bytes.IndexByte(text, 0) >= 0 {
		return nil, "", errFile("encoding", "无法识别文件的编码，或这不是文本文件", "The encoding is not understood, or this is no text").
			Mend(lang.T("请另存为“CSV UTF-8”或 .xlsx 后重新上传", "Save it as “CSV UTF-8” or .xlsx"))
	}
	return text, encoding, nil
}
