/*
 * Stands in for the vendor's library in tests: the same exported functions, the same structures, the same codes. It knows nothing of
 * cells: whoever loads it registers functions that do. Layouts and signatures are those of the public bindings; see docs/biologic.md.
 */
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef _WIN32
#define EXPORT __declspec(dllexport)
#define CALL __stdcall
#else
#define EXPORT __attribute__((visibility("default")))
#define CALL
#endif

#pragma pack(push, 4)
typedef struct {
    int32_t DeviceCode, RAMSize, CPU, NumberOfChannels, NumberOfSlots, FirmwareVersion, FirmwareDate_yyyy, FirmwareDate_mm, FirmwareDate_dd,
        HTdisplayOn, NbOfConnectedPC;
} TDeviceInfos;

typedef struct {
    int32_t Channel, BoardVersion, BoardSerialNumber, FirmwareCode, FirmwareVersion, XilinxVersion, AmpCode, NbAmps, Lcboard, Zboard, MUXboard,
        GPRAboard, MemSize, MemFilled, State, MaxIRange, MinIRange, MaxBandwidth, NbOfTechniques;
} TChannelInfos;

typedef struct {
    int32_t State, MemFilled;
    float TimeBase, Ewe, EweRangeMin, EweRangeMax, Ece, EceRangeMin, EceRangeMax;
    int32_t Eoverflow;
    float I;
    int32_t IRange, Ioverflow;
    float ElapsedTime, Freq, Rcomp;
    int32_t Saturation, OptErr, OptPos;
} TCurrentValues;

typedef struct {
    int32_t IRQskipped, NbRows, NbCols, TechniqueIndex, TechniqueID, ProcessIndex, loop;
    double StartTime;
    int32_t MuxPad;
} TDataInfos;

typedef struct {
    char ParamStr[64];
    int32_t ParamType;
    uint32_t ParamVal;
    int32_t ParamIndex;
} TEccParam;

typedef struct {
    int32_t len;
    TEccParam *pParams;
} TEccParams;
#pragma pack(pop)

_Static_assert(sizeof(TDeviceInfos) == 44, "TDeviceInfos");
_Static_assert(sizeof(TChannelInfos) == 76, "TChannelInfos");
_Static_assert(offsetof(TChannelInfos, State) == 56, "TChannelInfos.State");
_Static_assert(sizeof(TCurrentValues) == 76, "TCurrentValues");
_Static_assert(offsetof(TCurrentValues, I) == 40, "TCurrentValues.I");
_Static_assert(offsetof(TCurrentValues, ElapsedTime) == 52, "TCurrentValues.ElapsedTime");
_Static_assert(sizeof(TDataInfos) == 40, "TDataInfos");
_Static_assert(offsetof(TDataInfos, StartTime) == 28, "TDataInfos.StartTime");
_Static_assert(sizeof(TEccParam) == 76, "TEccParam");
_Static_assert(offsetof(TEccParam, ParamVal) == 68, "TEccParam.ParamVal");
_Static_assert(sizeof(TEccParams) == 4 + sizeof(void *), "TEccParams");
_Static_assert(offsetof(TEccParams, pParams) == 4, "TEccParams.pParams");
_Static_assert(sizeof(bool) == 1, "bool");

/* What stands behind: plain numbers only, so that it shares no layout with anybody. */
typedef struct {
    int32_t (*Connect)(const char *address, int32_t *deviceCode, int32_t *channels);
    int32_t (*Simple)(int32_t device, int32_t channel, int32_t what);
    int32_t (*LoadFirmware)(int32_t device, int32_t channel, const char *kernel);
    int32_t (*Infos)(int32_t device, int32_t channel, int32_t *firmware, int32_t *state, int32_t *techniques, int32_t *serial);
    int32_t (*Technique)(int32_t device, int32_t channel, int32_t index, const char *file, int32_t first, int32_t count, const char *labels,
        const int32_t *types, const uint32_t *values, const int32_t *indices);
    int32_t (*Values)(int32_t device, int32_t channel, int32_t *state, float *numbers);
    int32_t (*Data)(int32_t device, int32_t channel, uint32_t *words, int32_t *infos, double *start, int32_t *state, float *numbers);
    int32_t (*Message)(int32_t device, int32_t channel, char *text, int32_t size);
} Backend;

enum { SIMPLE_DISCONNECT, SIMPLE_TEST, SIMPLE_PLUGGED, SIMPLE_START, SIMPLE_STOP, SIMPLE_BOARD };
enum { LOAD_INDEX = -1, MOST_PARAMETERS = 4096 };
enum { NOT_CONNECTED = -1, INVALID_PARAMETERS = -4, FILE_MISSING = -400 };

static Backend backend;

EXPORT void STANDIN_Register(const Backend *given) { backend = *given; }

static bool is_parameter(const TEccParam *p) {
    return p->ParamType >= 0 && p->ParamType <= 2 && p->ParamIndex >= 0 && memchr(p->ParamStr, 0, sizeof p->ParamStr) != NULL && p->ParamStr[0];
}

static int32_t technique(int32_t id, uint8_t channel, int32_t index, const char *file, TEccParams params, bool first) {
    static _Thread_local char labels[MOST_PARAMETERS * 64];
    static _Thread_local int32_t types[MOST_PARAMETERS], indices[MOST_PARAMETERS];
    static _Thread_local uint32_t values[MOST_PARAMETERS];
    if (file == NULL || file[0] == 0)
        return FILE_MISSING;
    if (params.len < 0 || params.len > MOST_PARAMETERS || (params.len > 0 && params.pParams == NULL))
        return INVALID_PARAMETERS;
    for (int32_t i = 0; i < params.len; i++) {
        TEccParam p;
        memcpy(&p, (const char *)params.pParams + (size_t)i * sizeof p, sizeof p);
        if (!is_parameter(&p))
            return INVALID_PARAMETERS;
        memcpy(labels + i * 64, p.ParamStr, 64);
        types[i] = p.ParamType;
        values[i] = p.ParamVal;
        indices[i] = p.ParamIndex;
    }
    return backend.Technique(id, channel, index, file, first, params.len, labels, types, values, indices);
}

static void current_values(TCurrentValues *out, int32_t state, const float *numbers) {
    memset(out, 0, sizeof *out);
    out->State = state;
    out->TimeBase = numbers[0];
    out->Ewe = numbers[1];
    out->EweRangeMin = -10;
    out->EweRangeMax = 10;
    out->I = numbers[2];
    out->ElapsedTime = numbers[3];
}

static int32_t define(const char *label, int32_t type, uint32_t value, int32_t index, TEccParam *out) {
    if (label == NULL || out == NULL || strlen(label) >= sizeof out->ParamStr || index < 0)
        return INVALID_PARAMETERS;
    memset(out, 0, sizeof *out);
    strcpy(out->ParamStr, label);
    out->ParamType = type;
    out->ParamVal = value;
    out->ParamIndex = index;
    return 0;
}

static int32_t decode(uint32_t raw, uint32_t key, float *out) {
    uint32_t bits = raw ^ key;
    memcpy(out, &bits, sizeof bits);
    return 0;
}

EXPORT int32_t CALL BL_Connect(const char *address, uint8_t timeout, int32_t *id, TDeviceInfos *infos) {
    int32_t code, channels;
    if (timeout == 0)
        return INVALID_PARAMETERS;
    int32_t device = backend.Connect(address, &code, &channels);
    if (device < 0)
        return device;
    memset(infos, 0, sizeof *infos);
    infos->DeviceCode = code;
    infos->RAMSize = 64;
    infos->NumberOfChannels = channels;
    infos->NumberOfSlots = 16;
    infos->FirmwareVersion = 1136;
    infos->FirmwareDate_yyyy = 2020;
    infos->FirmwareDate_mm = 2;
    infos->FirmwareDate_dd = 3;
    infos->NbOfConnectedPC = 1;
    *id = device;
    return 0;
}

EXPORT int32_t CALL BL_Disconnect(int32_t id) { return backend.Simple(id, 0, SIMPLE_DISCONNECT); }
EXPORT int32_t CALL BL_TestConnection(int32_t id) { return backend.Simple(id, 0, SIMPLE_TEST); }
EXPORT bool CALL BL_IsChannelPlugged(int32_t id, uint8_t ch) { return backend.Simple(id, ch, SIMPLE_PLUGGED) > 0; }
EXPORT int32_t CALL BL_StartChannel(int32_t id, uint8_t ch) { return backend.Simple(id, ch, SIMPLE_START); }
EXPORT int32_t CALL BL_StopChannel(int32_t id, uint8_t ch) { return backend.Simple(id, ch, SIMPLE_STOP); }

EXPORT int32_t CALL BL_GetChannelBoardType(int32_t id, uint8_t ch, uint32_t *type) {
    int32_t board = backend.Simple(id, ch, SIMPLE_BOARD);
    if (board < 0)
        return board;
    *type = (uint32_t)board;
    return 0;
}

EXPORT int32_t CALL BL_LoadFirmware(int32_t id, const uint8_t *channels, int32_t *results, uint8_t length, bool gauge, bool force, const char *bin,
    const char *xlx) {
    (void)gauge;
    (void)force;
    if (length != 16 || bin == NULL || xlx == NULL || bin[0] == 0 || xlx[0] == 0)
        return INVALID_PARAMETERS;
    for (uint8_t ch = 0; ch < length; ch++)
        results[ch] = channels[ch] ? backend.LoadFirmware(id, ch, bin) : 0;
    return 0;
}

EXPORT int32_t CALL BL_GetChannelInfos(int32_t id, uint8_t ch, TChannelInfos *infos) {
    int32_t firmware, state, techniques, serial;
    int32_t code = backend.Infos(id, ch, &firmware, &state, &techniques, &serial);
    if (code < 0)
        return code;
    memset(infos, 0, sizeof *infos);
    infos->Channel = ch;
    infos->BoardVersion = 3;
    infos->BoardSerialNumber = serial + ch;
    infos->FirmwareCode = firmware;
    infos->FirmwareVersion = 544;
    infos->State = state;
    infos->MaxIRange = 9;
    infos->MinIRange = 3;
    infos->MaxBandwidth = 7;
    infos->NbOfTechniques = techniques;
    return 0;
}

EXPORT int32_t CALL BL_GetMessage(int32_t id, uint8_t ch, char *text, uint32_t *size) {
    int32_t length = backend.Message(id, ch, text, (int32_t)*size);
    if (length < 0)
        return length;
    *size = (uint32_t)length;
    return 0;
}

EXPORT int32_t CALL BL_LoadTechnique(int32_t id, uint8_t ch, const char *file, TEccParams params, bool first, bool last, bool display) {
    (void)last;
    (void)display;
    return technique(id, ch, LOAD_INDEX, file, params, first);
}

EXPORT int32_t CALL BL_UpdateParameters(int32_t id, uint8_t ch, int32_t index, TEccParams params, const char *file) {
    return index < 0 ? INVALID_PARAMETERS : technique(id, ch, index, file, params, false);
}

EXPORT int32_t CALL BL_DefineBoolParameter(const char *label, bool value, int32_t index, TEccParam *out) {
    return define(label, 1, value ? 1 : 0, index, out);
}

EXPORT int32_t CALL BL_DefineSglParameter(const char *label, float value, int32_t index, TEccParam *out) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return isfinite(value) ? define(label, 2, bits, index, out) : INVALID_PARAMETERS;
}

EXPORT int32_t CALL BL_DefineIntParameter(const char *label, int32_t value, int32_t index, TEccParam *out) {
    return define(label, 0, (uint32_t)value, index, out);
}

EXPORT int32_t CALL BL_GetCurrentValues(int32_t id, uint8_t ch, TCurrentValues *values) {
    int32_t state;
    float numbers[4];
    int32_t code = backend.Values(id, ch, &state, numbers);
    if (code < 0)
        return code;
    current_values(values, state, numbers);
    return 0;
}

EXPORT int32_t CALL BL_GetData(int32_t id, uint8_t ch, uint32_t *words, TDataInfos *infos, TCurrentValues *values) {
    int32_t numbers[6], state;
    double start;
    float reading[4];
    int32_t code = backend.Data(id, ch, words, numbers, &start, &state, reading);
    if (code < 0)
        return code;
    memset(infos, 0, sizeof *infos);
    infos->IRQskipped = numbers[0];
    infos->NbRows = numbers[1];
    infos->NbCols = numbers[2];
    infos->TechniqueIndex = numbers[3];
    infos->TechniqueID = numbers[4];
    infos->loop = numbers[5];
    infos->StartTime = start;
    current_values(values, state, reading);
    return 0;
}

EXPORT int32_t CALL BL_ConvertNumericIntoSingle(uint32_t raw, float *out) { return decode(raw, 0x5A5A5A5Au, out); }

EXPORT int32_t CALL BL_ConvertChannelNumericIntoSingle(uint32_t raw, float *out, uint32_t board) {
    return board == 0 ? NOT_CONNECTED : decode(raw, 0x3C3C3C3Cu, out);
}

/* For tests of layouts: every number of a structure is one that tells where it came from. */
EXPORT void STANDIN_Fill(TDeviceInfos *device, TChannelInfos *channel, TCurrentValues *values, TDataInfos *data) {
    for (int32_t i = 0; i < 11; i++)
        ((int32_t *)device)[i] = 100 + i;
    for (int32_t i = 0; i < 19; i++)
        ((int32_t *)channel)[i] = 200 + i;
    memset(values, 0, sizeof *values);
    values->State = 1;
    values->TimeBase = 2.5f;
    values->Ewe = 3.5f;
    values->Eoverflow = 9;
    values->I = 10.5f;
    values->ElapsedTime = 13.5f;
    values->OptPos = 18;
    memset(data, 0, sizeof *data);
    data->IRQskipped = 1;
    data->loop = 7;
    data->StartTime = 8.25;
    data->MuxPad = 9;
}
