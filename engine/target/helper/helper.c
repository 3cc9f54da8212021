/*
 * Winrepo's helper program: does on a Windows machine what no tool of Windows does exactly. It starts a command line by
 * CreateProcess, with nothing in between, and it reads and writes the registry.
 *
 *     helper.exe REQUEST
 *
 * REQUEST is a file of UTF-16LE texts, each ended by a NUL: commands and their arguments, one behind the other.
 *
 *     environment
 *     key HIVE VIEW PATH DEPTH          a key with its subkeys down to DEPTH
 *     each HIVE VIEW PATH BELOW DEPTH   key PATH\*\BELOW
 *     set HIVE VIEW PATH NAME TYPE HEX VOLATILE
 *     run LINE FOLDER MILLISECONDS JOB  FOLDER "": the account's home; MILLISECONDS 0: no limit
 *     end JOB                           ends a running `run` and all that it started
 *
 * The answer goes to the standard output: a line `winrepo-helper[` when the request was read, before anything is done; one line
 * of JSON a command; a line `winrepo-helper]`. Nothing of it depends on code pages: what is not ASCII is escaped.
 * No C runtime: only what kernel32 and advapi32 have.
 */
#define UNICODE
#include <windows.h>

typedef struct { char *text; DWORD length, room; } Buffer;

static HANDLE heap, out;

void *memcpy(void *to, const void *from, size_t size) {
  for (size_t i = 0; i < size; i++) ((volatile char *)to)[i] = ((const char *)from)[i];
  return to;
}

void *memset(void *to, int byte, size_t size) {
  for (size_t i = 0; i < size; i++) ((volatile char *)to)[i] = (char)byte;
  return to;
}

static void *allocate(SIZE_T size) {
  void *memory = HeapAlloc(heap, HEAP_ZERO_MEMORY, size);
  if (!memory) ExitProcess(ERROR_NOT_ENOUGH_MEMORY);
  return memory;
}

static void release(void *memory) { HeapFree(heap, 0, memory); }

/* Text */

static void write_all(HANDLE to, const char *text, DWORD length) {
  while (length > 0) {
    DWORD written;
    if (!WriteFile(to, text, length, &written, 0) || written == 0) ExitProcess(ERROR_WRITE_FAULT);
    text += written;
    length -= written;
  }
}

static void flush(Buffer *buffer) {
  write_all(out, buffer->text, buffer->length);
  buffer->length = 0;
}

static void put(Buffer *buffer, char c) {
  if (buffer->length == buffer->room) flush(buffer);
  buffer->text[buffer->length++] = c;
}

static void put_text(Buffer *buffer, const char *text) {
  while (*text) put(buffer, *text++);
}

static void put_number(Buffer *buffer, DWORD number) {
  char digits[10];
  int count = 0;
  do digits[count++] = (char)('0' + number % 10);
  while (number /= 10);
  while (count > 0) put(buffer, digits[--count]);
}

static void put_hex(Buffer *buffer, DWORD value, int digits) {
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) put(buffer, "0123456789abcdef"[value >> shift & 15]);
}

static void put_character(Buffer *buffer, WORD c) {
  if (c >= 32 && c < 127 && c != '"' && c != '\\') put(buffer, (char)c);
  else {
    put_text(buffer, "\\u");
    put_hex(buffer, c, 4);
  }
}

static void put_string(Buffer *buffer, const WCHAR *text) {
  put(buffer, '"');
  while (*text) put_character(buffer, *text++);
  put(buffer, '"');
}

static DWORD number_of(const WCHAR *text) {
  DWORD number = 0;
  for (; *text >= '0' && *text <= '9'; text++) number = number * 10 + (DWORD)(*text - '0');
  return number;
}

static WCHAR *joined(const WCHAR *a, const WCHAR *b, const WCHAR *c) {
  int length = lstrlenW(a) + lstrlenW(b) + lstrlenW(c);
  WCHAR *text = allocate(((SIZE_T)length + 3) * sizeof *text);
  lstrcpyW(text, a);
  if (*a && *b) lstrcatW(text, L"\\");
  lstrcatW(text, b);
  if (*text && *c) lstrcatW(text, L"\\");
  lstrcatW(text, c);
  return text;
}

/* {"error":N,"reason":"…"} as Windows words it. */
static void put_error(Buffer *buffer, DWORD error) {
  static WCHAR reason[2048];
  DWORD flags = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS;
  DWORD length = FormatMessageW(flags, 0, error, 0, reason, 2048, 0);
  while (length > 0 && (reason[length - 1] <= 32 || reason[length - 1] == '.')) length--;
  reason[length] = 0;
  put_text(buffer, "{\"error\":");
  put_number(buffer, error);
  put_text(buffer, ",\"reason\":");
  put_string(buffer, reason);
  put(buffer, '}');
}

/* Registry */

static HKEY hive_of(const WCHAR *name) { return lstrcmpW(name, L"HKU") == 0 ? HKEY_USERS : HKEY_LOCAL_MACHINE; }

static REGSAM view_of(const WCHAR *name) { return lstrcmpW(name, L"32") == 0 ? KEY_WOW64_32KEY : KEY_WOW64_64KEY; }

static void put_values(Buffer *buffer, HKEY key) {
  DWORD longest_name = 0, longest_data = 0;
  RegQueryInfoKeyW(key, 0, 0, 0, 0, 0, 0, 0, &longest_name, &longest_data, 0, 0);
  DWORD name_room = longest_name + 1, data_room = longest_data + 2;
  WCHAR *name = allocate(name_room * sizeof *name);
  BYTE *data = allocate(data_room);
  put(buffer, '[');
  BOOL first = TRUE;
  for (DWORD index = 0;;) {
    DWORD length = name_room, type, size = data_room;
    LONG result = RegEnumValueW(key, index, name, &length, 0, &type, data, &size);
    if (result == ERROR_MORE_DATA) { /* It grew meanwhile. */
      release(name);
      release(data);
      name = allocate((name_room *= 2) * sizeof *name);
      data = allocate(data_room *= 2);
      continue;
    }
    if (result != ERROR_SUCCESS) break;
    if (!first) put(buffer, ',');
    first = FALSE;
    put(buffer, '[');
    put_string(buffer, name);
    put(buffer, ',');
    put_number(buffer, type);
    put_text(buffer, ",\"");
    for (DWORD i = 0; i < size; i++) put_hex(buffer, data[i], 2);
    put_text(buffer, "\"]");
    index++;
  }
  put(buffer, ']');
  release(name);
  release(data);
}

static void put_key(Buffer *buffer, HKEY key, const WCHAR *name, REGSAM view, DWORD depth) {
  put_text(buffer, "{\"name\":");
  put_string(buffer, name);
  put_text(buffer, ",\"values\":");
  put_values(buffer, key);
  put_text(buffer, ",\"subkeys\":[");
  WCHAR *below = allocate(256 * sizeof *below);
  BOOL first = TRUE;
  for (DWORD index = 0; depth > 0; index++) {
    DWORD length = 256;
    if (RegEnumKeyExW(key, index, below, &length, 0, 0, 0, 0) != ERROR_SUCCESS) break;
    HKEY subkey;
    if (RegOpenKeyExW(key, below, 0, KEY_READ | view, &subkey) != ERROR_SUCCESS) continue;
    if (!first) put(buffer, ',');
    first = FALSE;
    put_key(buffer, subkey, below, view, depth - 1);
    RegCloseKey(subkey);
  }
  release(below);
  put_text(buffer, "]}");
}

static const WCHAR *last_part(const WCHAR *path) {
  const WCHAR *last = path;
  for (; *path; path++) if (*path == '\\') last = path + 1;
  return last;
}

/* The key, null where there is none, or an error. */
static void read_key(Buffer *buffer, const WCHAR *hive, const WCHAR *view, const WCHAR *path, DWORD depth) {
  HKEY key;
  LONG result = RegOpenKeyExW(hive_of(hive), path, 0, KEY_READ | view_of(view), &key);
  if (result == ERROR_FILE_NOT_FOUND || result == ERROR_PATH_NOT_FOUND) put_text(buffer, "null");
  else if (result != ERROR_SUCCESS) put_error(buffer, (DWORD)result);
  else {
    put_key(buffer, key, last_part(path), view_of(view), depth);
    RegCloseKey(key);
  }
}

static void read_each(Buffer *buffer, WCHAR **a) {
  HKEY parent;
  put(buffer, '[');
  if (RegOpenKeyExW(hive_of(a[0]), a[2], 0, KEY_READ | view_of(a[1]), &parent) == ERROR_SUCCESS) {
    WCHAR name[256];
    for (DWORD index = 0;; index++) {
      DWORD length = 256;
      if (RegEnumKeyExW(parent, index, name, &length, 0, 0, 0, 0) != ERROR_SUCCESS) break;
      WCHAR *path = joined(a[2], name, a[3]);
      put_text(buffer, index > 0 ? ",[" : "[");
      put_string(buffer, path);
      put(buffer, ',');
      read_key(buffer, a[0], a[1], path, number_of(a[4]));
      put(buffer, ']');
      release(path);
    }
    RegCloseKey(parent);
  }
  put(buffer, ']');
}

static void set_value(Buffer *buffer, WCHAR **a) {
  HKEY key;
  DWORD options = lstrcmpW(a[6], L"1") == 0 ? REG_OPTION_VOLATILE : REG_OPTION_NON_VOLATILE;
  LONG result = RegCreateKeyExW(hive_of(a[0]), a[2], 0, 0, options, KEY_WRITE | view_of(a[1]), 0, &key, 0);
  if (result == ERROR_SUCCESS) {
    DWORD size = (DWORD)lstrlenW(a[5]) / 2;
    BYTE *data = allocate(size + 1);
    for (DWORD i = 0; i < size * 2; i++) {
      WCHAR digit = a[5][i];
      data[i / 2] = (BYTE)(data[i / 2] << 4 | (digit >= 'a' ? digit - 'a' + 10 : digit - '0'));
    }
    result = RegSetValueExW(key, a[3], 0, number_of(a[4]), data, size);
    RegCloseKey(key);
    release(data);
  }
  put_error(buffer, (DWORD)result);
}

/* Programs */

typedef struct { HANDLE pipe; Buffer output; } Reader;

enum { outputKept = 1024 * 1024 };

/* Reads to the end of the pipe, which is when the last program that holds it has gone; so does Salt. */
static DWORD WINAPI read_output(void *argument) {
  Reader *reader = argument;
  static char block[4096];
  DWORD read;
  while (ReadFile(reader->pipe, block, sizeof block, &read, 0) && read > 0) {
    for (DWORD i = 0; i < read && reader->output.length < outputKept; i++) reader->output.text[reader->output.length++] = block[i];
  }
  return 0;
}

static WCHAR *home(void) {
  DWORD length = GetEnvironmentVariableW(L"USERPROFILE", 0, 0);
  WCHAR *folder = allocate(((SIZE_T)length + 4) * sizeof *folder);
  if (length == 0 || GetEnvironmentVariableW(L"USERPROFILE", folder, length) == 0) lstrcpyW(folder, L"C:\\");
  return folder;
}

static BOOL is_folder(const WCHAR *path) {
  DWORD attributes = GetFileAttributesW(path);
  return attributes != INVALID_FILE_ATTRIBUTES && attributes & FILE_ATTRIBUTE_DIRECTORY;
}

static void put_result(Buffer *buffer, Reader *reader, BOOL timed_out, BOOL ended, DWORD code, const WCHAR *folder) {
  put_text(buffer, timed_out ? "{\"timedOut\":true,\"exitCode\":" : "{\"timedOut\":false,\"exitCode\":");
  if (ended) put_number(buffer, code);
  else put_text(buffer, "null");
  put_text(buffer, ",\"folder\":");
  put_string(buffer, folder);
  put_text(buffer, ",\"output\":\"");
  for (DWORD i = 0; i < reader->output.length; i++) put_character(buffer, (BYTE)reader->output.text[i]);
  put_text(buffer, "\"}");
}

/* How long is left of a limit; a clock that counts up. */
static DWORD left(ULONGLONG start, DWORD limit) {
  if (limit == 0) return INFINITE;
  ULONGLONG gone = GetTickCount64() - start;
  return gone >= limit ? 0 : limit - (DWORD)gone;
}

static void run(Buffer *buffer, WCHAR **a) {
  WCHAR *folder = *a[1] ? a[1] : home();
  DWORD limit = number_of(a[2]);
  if (!is_folder(folder)) {
    put_text(buffer, "{\"noFolder\":");
    put_string(buffer, folder);
    put(buffer, '}');
    return;
  }
  /* Programs without a path are looked for in the current folder: it must be nobody's to put something into. */
  WCHAR *system = allocate(MAX_PATH * sizeof *system);
  GetSystemDirectoryW(system, MAX_PATH);
  SetCurrentDirectoryW(system);

  SECURITY_ATTRIBUTES inherited = {sizeof inherited, 0, TRUE};
  Reader reader = {0};
  HANDLE write_end;
  HANDLE none = CreateFileW(L"NUL", GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_EXISTING, 0, 0);
  reader.output.text = allocate(outputKept);
  if (!CreatePipe(&reader.pipe, &write_end, &inherited, 0)) {
    put_error(buffer, GetLastError());
    return;
  }
  SetHandleInformation(reader.pipe, HANDLE_FLAG_INHERIT, 0);

  STARTUPINFOW startup = {0};
  PROCESS_INFORMATION process;
  startup.cb = sizeof startup;
  startup.dwFlags = STARTF_USESTDHANDLES;
  startup.hStdInput = none;
  startup.hStdOutput = startup.hStdError = write_end;
  HANDLE job = CreateJobObjectW(0, *a[3] ? a[3] : 0);
  ULONGLONG start = GetTickCount64();
  BOOL started = CreateProcessW(0, a[0], 0, 0, TRUE, CREATE_SUSPENDED | CREATE_NO_WINDOW, 0, folder, &startup, &process);
  DWORD error = GetLastError();
  CloseHandle(write_end);
  CloseHandle(none);
  if (!started) {
    put_text(buffer, "{\"folder\":");
    put_string(buffer, folder);
    put_text(buffer, ",\"failed\":");
    put_error(buffer, error);
    put(buffer, '}');
    return;
  }
  AssignProcessToJobObject(job, process.hProcess);
  HANDLE thread = CreateThread(0, 0, read_output, &reader, 0, 0);
  ResumeThread(process.hThread);
  BOOL timed_out = WaitForSingleObject(thread, left(start, limit)) != WAIT_OBJECT_0 ||
                   WaitForSingleObject(process.hProcess, left(start, limit)) != WAIT_OBJECT_0;
  DWORD code = 0;
  /* At the limit the program may have ended, and something that it started hold its output. */
  BOOL ended = WaitForSingleObject(process.hProcess, 0) == WAIT_OBJECT_0;
  if (timed_out) TerminateJobObject(job, 1);
  if (ended) GetExitCodeProcess(process.hProcess, &code);
  put_result(buffer, &reader, timed_out, ended, code, folder);
}

static void end_job(Buffer *buffer, const WCHAR *name) {
  HANDLE job = OpenJobObjectW(JOB_OBJECT_TERMINATE, FALSE, name);
  put_error(buffer, job && TerminateJobObject(job, 1) ? 0 : GetLastError());
}

static void put_environment(Buffer *buffer) {
  WCHAR *block = GetEnvironmentStringsW();
  put(buffer, '[');
  for (WCHAR *at = block; *at; at += lstrlenW(at) + 1) {
    if (at != block) put(buffer, ',');
    put_string(buffer, at);
  }
  put(buffer, ']');
}

/* Requests */

static const struct { const WCHAR *name; int arguments; } commands[] = {
  {L"environment", 0}, {L"key", 4}, {L"each", 5}, {L"set", 7}, {L"run", 4}, {L"end", 1},
};

static void answer(Buffer *buffer, int command, WCHAR **a) {
  switch (command) {
    case 0: put_environment(buffer); break;
    case 1: read_key(buffer, a[0], a[1], a[2], number_of(a[3])); break;
    case 2: read_each(buffer, a); break;
    case 3: set_value(buffer, a); break;
    case 4: run(buffer, a); break;
    default: end_job(buffer, a[0]);
  }
  put(buffer, '\n');
}

/* What stands behind the program's name. */
static WCHAR *argument(void) {
  WCHAR *at = GetCommandLineW();
  if (*at == '"') for (at++; *at && *at != '"'; at++) ;
  while (*at && *at != ' ') at++;
  while (*at == ' ') at++;
  if (*at != '"') return at;
  WCHAR *end = ++at;
  while (*end && *end != '"') end++;
  *end = 0;
  return at;
}

static WCHAR *read_request(const WCHAR *file, WCHAR **end) {
  HANDLE handle = CreateFileW(file, GENERIC_READ, FILE_SHARE_READ, 0, OPEN_EXISTING, 0, 0);
  if (handle == INVALID_HANDLE_VALUE) ExitProcess(ERROR_FILE_NOT_FOUND);
  DWORD size = GetFileSize(handle, 0), read;
  WCHAR *text = allocate((SIZE_T)size + 4);
  if (!ReadFile(handle, text, size, &read, 0)) ExitProcess(ERROR_READ_FAULT);
  CloseHandle(handle);
  *end = text + read / sizeof *text;
  return text;
}

void start(void) {
  heap = GetProcessHeap();
  out = GetStdHandle(STD_OUTPUT_HANDLE);
  /* Ours must not outlive us in programs that run on. */
  SetHandleInformation(out, HANDLE_FLAG_INHERIT, 0);
  SetHandleInformation(GetStdHandle(STD_INPUT_HANDLE), HANDLE_FLAG_INHERIT, 0);
  SetHandleInformation(GetStdHandle(STD_ERROR_HANDLE), HANDLE_FLAG_INHERIT, 0);
  WCHAR *end, *at = read_request(argument(), &end);
  Buffer buffer = {allocate(65536), 0, 65536};
  put_text(&buffer, "winrepo-helper[\n");
  flush(&buffer);
  while (at < end) {
    int command = -1;
    for (int i = 0; i < (int)(sizeof commands / sizeof *commands); i++) if (lstrcmpW(commands[i].name, at) == 0) command = i;
    if (command < 0) ExitProcess(ERROR_INVALID_FUNCTION);
    WCHAR *arguments[7];
    for (int i = 0; i < commands[command].arguments; i++) {
      at += lstrlenW(at) + 1;
      if (at >= end) ExitProcess(ERROR_INVALID_DATA);
      arguments[i] = at;
    }
    at += lstrlenW(at) + 1;
    answer(&buffer, command, arguments);
  }
  put_text(&buffer, "winrepo-helper]\n");
  flush(&buffer);
  ExitProcess(0);
}
